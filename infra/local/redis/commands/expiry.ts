/**
 * When keys end: EXPIRE and its sisters, TTL, and the expiry options of SET and GETEX.
 *
 * Units   replies of TTL in seconds, of PTTL in milliseconds; instants inside in epoch ms
 */
import { type Args, int64At, nameAt, optionAt } from '../arguments.ts';
import { isInt64 } from '../numbers.ts';
import { refuseWith } from '../refusals.ts';
import { type CommandTable, type Context, reads, writes } from './table.ts';

interface Unit {
  readonly ms: bigint;
  readonly relative: boolean;
}

/** The options of SET and GETEX that end a key. */
export const EXPIRY_UNITS: Readonly<Record<string, Unit>> = {
  EX: { ms: 1000n, relative: true },
  PX: { ms: 1n, relative: true },
  EXAT: { ms: 1000n, relative: false },
  PXAT: { ms: 1n, relative: false },
};

export function expiryInstant(amount: bigint, unit: Unit, call: { now: number; command: string }): number {
  const instant = amount * unit.ms + (unit.relative ? BigInt(call.now) : 0n);
  if (!isInt64(amount * unit.ms) || !isInt64(instant))
    refuseWith(`ERR invalid expire time in '${call.command}' command`);
  return Number(instant);
}

/** As SET, SETEX and GETEX want it: nothing that is over before it begins. */
export function futureInstant(amount: bigint, unit: Unit, call: { now: number; command: string }): number {
  if (amount <= 0n) refuseWith(`ERR invalid expire time in '${call.command}' command`);
  return expiryInstant(amount, unit, call);
}

export const expiry: CommandTable = {
  EXPIRE: expires('EX', 'expire'),
  PEXPIRE: expires('PX', 'pexpire'),
  EXPIREAT: expires('EXAT', 'expireat'),
  PEXPIREAT: expires('PXAT', 'pexpireat'),
  TTL: reads(2, ({ db }, args) =>
    remaining(db.find(nameAt(args, 0)), ttlMs => Math.floor((ttlMs - db.now() + 500) / 1000)),
  ),
  PTTL: reads(2, ({ db }, args) => remaining(db.find(nameAt(args, 0)), ttlMs => ttlMs - db.now())),
  PERSIST: writes(2, ({ db }, args) => {
    const key = nameAt(args, 0);
    if ((db.find(key)?.expiresAt ?? null) === null) return 0;
    db.expire(key, null);
    return 1;
  }),
};

function expires(unitName: string, command: string) {
  const unit = EXPIRY_UNITS[unitName] as Unit;
  return writes(-3, ({ db }, args) => {
    const key = nameAt(args, 0);
    const isWanted = expiryCondition(args);
    const instant = expiryInstant(int64At(args, 1), unit, { now: db.now(), command });
    const entry = db.find(key);
    if (entry === undefined || !isWanted(entry.expiresAt, instant)) return 0;
    applyExpiry(db, key, instant);
    return 1;
  });
}

export function applyExpiry(db: Context['db'], key: string, instant: number): void {
  if (instant <= db.now()) db.remove(key);
  else db.expire(key, instant);
}

function expiryCondition(args: Args): (present: number | null, instant: number) => boolean {
  const options = new Set(args.slice(2).map((_, i) => knownOption(args, i + 2)));
  if (options.has('NX') && options.size > 1) {
    refuseWith('ERR NX and XX, GT or LT options at the same time are not compatible');
  }
  if (options.has('GT') && options.has('LT'))
    refuseWith('ERR GT and LT options at the same time are not compatible');
  return (present, instant) =>
    !(options.has('NX') && present !== null) &&
    !(options.has('XX') && present === null) &&
    !(options.has('GT') && (present === null || instant <= present)) &&
    !(options.has('LT') && present !== null && instant >= present);
}

function knownOption(args: Args, position: number): string {
  const option = optionAt(args, position);
  return /^(NX|XX|GT|LT)$/.test(option)
    ? option
    : refuseWith(`ERR Unsupported option ${nameAt(args, position)}`);
}

function remaining(
  entry: { expiresAt: number | null } | undefined,
  left: (expiresAt: number) => number,
): number {
  if (entry === undefined) return -2;
  return entry.expiresAt === null ? -1 : left(entry.expiresAt);
}
