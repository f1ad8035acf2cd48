/**
 * The arguments that SCAN, HSCAN, SSCAN and ZSCAN share, and the walk of the last three.
 *
 * Cost    HSCAN, SSCAN and ZSCAN answer with everything at once: COUNT is a hint, and a collection stands in memory
 */
import { type Args, int64At, nameAt, optionAt } from '../arguments.ts';
import { createMatcher } from '../glob.ts';
import { refuse, refuseWith } from '../refusals.ts';
import { type Bytes, bytesOf, type Reply } from '../reply.ts';

export interface Scan {
  readonly cursor: number;
  readonly count: number;
  readonly matches: (name: string) => boolean;
  readonly type: string | undefined;
}

const DEFAULT_COUNT = 10;

export function parseScan(args: Args, cursorPosition: number): Scan {
  const scan = {
    count: DEFAULT_COUNT,
    matches: (_: string): boolean => true,
    type: undefined as string | undefined,
  };
  const cursor = parseCursor(nameAt(args, cursorPosition));
  for (let i = cursorPosition + 1; i < args.length; i += 2) {
    const option = optionAt(args, i);
    if (i + 1 >= args.length) refuse('syntax');
    if (option === 'MATCH') scan.matches = createMatcher(nameAt(args, i + 1));
    else if (option === 'COUNT') scan.count = parseCount(args, i + 1);
    else if (option === 'TYPE' && cursorPosition === 0) scan.type = nameAt(args, i + 1).toLowerCase();
    else refuse('syntax');
  }
  return { cursor, ...scan };
}

/** One collection, as pairs or single members, in one answer. */
export function scanAll<T>(
  args: Args,
  items: Iterable<T>,
  parts: (item: T) => [name: string, ...rest: Bytes[]],
): Reply {
  const { matches } = parseScan(args, 1);
  const found: Bytes[] = [];
  for (const item of items) {
    const [name, ...rest] = parts(item);
    if (matches(name)) found.push(bytesOf(name), ...rest);
  }
  return [bytesOf('0'), found];
}

function parseCursor(text: string): number {
  return /^\d{1,19}$/.test(text) ? Number(text) : refuseWith('ERR invalid cursor');
}

function parseCount(args: Args, position: number): number {
  const count = int64At(args, position);
  return count >= 1n ? Number(count) : refuse('syntax');
}
