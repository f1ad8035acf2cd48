/**
 * Reads the options of SET and GETEX, which may come in any order but not in every combination.
 *
 * Units   expiresAt epoch ms
 * Errors  RedisError: syntax, not an integer, an expiry that is over before it begins
 */
import { type Args, int64At, optionAt } from '../arguments.ts';
import { refuse } from '../refusals.ts';
import { EXPIRY_UNITS, futureInstant } from './expiry.ts';

export interface SetOptions {
  readonly condition: 'NX' | 'XX' | undefined;
  readonly get: boolean;
  readonly keepTtl: boolean;
  readonly expiresAt: number | null;
}

export interface GetexOptions {
  readonly persist: boolean;
  readonly expiresAt: number | null;
}

export function parseSetOptions(args: Args, now: number): SetOptions {
  const given = readOptions(args, 2, /^(NX|XX|GET|KEEPTTL)$/);
  const { flags } = given;
  if (flags.has('NX') && flags.has('XX')) refuse('syntax');
  if (flags.has('KEEPTTL') && given.unitPosition !== undefined) refuse('syntax');
  return {
    condition: flags.has('NX') ? 'NX' : flags.has('XX') ? 'XX' : undefined,
    get: flags.has('GET'),
    keepTtl: flags.has('KEEPTTL'),
    expiresAt: readExpiry(args, given.unitPosition, { now, command: 'set' }),
  };
}

export function parseGetexOptions(args: Args, now: number): GetexOptions {
  const { flags, unitPosition } = readOptions(args, 1, /^PERSIST$/);
  if (flags.has('PERSIST') && unitPosition !== undefined) refuse('syntax');
  return {
    persist: flags.has('PERSIST'),
    expiresAt: readExpiry(args, unitPosition, { now, command: 'getex' }),
  };
}

function readOptions(args: Args, start: number, known: RegExp) {
  const flags = new Set<string>();
  let unitPosition: number | undefined;
  for (let i = start; i < args.length; i++) {
    const option = optionAt(args, i);
    if (known.test(option)) flags.add(option);
    else if (option in EXPIRY_UNITS && i + 1 < args.length && isSameUnit(args, unitPosition, i))
      unitPosition = i++;
    else refuse('syntax');
  }
  return { flags, unitPosition };
}

/** Redis refuses a second unit, but lets the same one come again: the last one holds. */
function isSameUnit(args: Args, before: number | undefined, now: number): boolean {
  return before === undefined || optionAt(args, before) === optionAt(args, now);
}

function readExpiry(
  args: Args,
  position: number | undefined,
  call: { now: number; command: string },
): number | null {
  if (position === undefined) return null;
  const unit = EXPIRY_UNITS[optionAt(args, position)] ?? refuse('syntax');
  return futureInstant(int64At(args, position + 1), unit, call);
}
