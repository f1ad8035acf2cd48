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

export interface Collection<T> {
  read(): Iterable<T>;
  /** How an item is answered: the name that MATCH looks at, and what stands behind it. */
  parts(item: T): readonly [name: string, ...rest: Bytes[]];
}

/** One collection in one answer. The cursor is judged before the key is read, the options after: as Redis does. */
export function scanAll<T>(args: Args, { read, parts }: Collection<T>): Reply {
  parseCursor(nameAt(args, 1));
  const named = Array.from(read(), parts);
  const { matches } = parseScan(named.length === 0 ? args.slice(0, 2) : args, 1);
  const found = named
    .filter(([name]) => matches(name))
    .flatMap(([name, ...rest]) => [bytesOf(name), ...rest]);
  return [bytesOf('0'), found];
}

function parseCursor(text: string): number {
  return /^\d{1,19}$/.test(text) ? Number(text) : refuseWith('ERR invalid cursor');
}

function parseCount(args: Args, position: number): number {
  const count = int64At(args, position);
  return count >= 1n ? Number(count) : refuse('syntax');
}
