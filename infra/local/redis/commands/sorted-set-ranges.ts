/** Ranges over sorted sets, by place, score or bytes: ZRANGE with its options, its older sisters, and what they remove. */
import { type Args, integerAt, optionAt } from '../arguments.ts';
import { refuse, refuseWith } from '../refusals.ts';
import { bytesOf, type Reply } from '../reply.ts';
import { type By, parseRange, type Span } from './range-bounds.ts';
import { readSorted, removeMembers, withScores } from './sorted-sets.ts';
import { type CommandTable, type Context, reads, writes } from './table.ts';

interface RangeOptions {
  readonly by: By;
  readonly reverse: boolean;
  readonly scores: boolean;
  readonly limit: { readonly offset: number; readonly count: number } | undefined;
}
/** What the command's own name decides; undefined where an option does. */
type Fixed = Partial<Pick<RangeOptions, 'by' | 'reverse'>>;

export const sortedSetRanges: CommandTable = {
  ZRANGE: reads(-4, (context, args) => range(context, args, {})),
  ZREVRANGE: reads(-4, (context, args) => range(context, args, { by: 'rank', reverse: true })),
  ZRANGEBYSCORE: reads(-4, (context, args) => range(context, args, { by: 'score', reverse: false })),
  ZREVRANGEBYSCORE: reads(-4, (context, args) => range(context, args, { by: 'score', reverse: true })),
  ZCOUNT: reads(4, (context, args) => {
    const { from, to } = parseRange(args, 'score', false)(readSorted(context, args));
    return Math.max(0, to - from);
  }),
  ZREMRANGEBYSCORE: writes(4, (context, args) => removeRange(context, args, 'score')),
  ZREMRANGEBYRANK: writes(4, (context, args) => removeRange(context, args, 'rank')),
};

function range(context: Context, args: Args, fixed: Fixed): Reply {
  const options = parseOptions(args, fixed);
  const locate = parseRange(args, options.by, options.reverse);
  const sorted = readSorted(context, args);
  const { from, to } = applyLimit(locate(sorted), options);
  const ranked = sorted.slice(from, Math.max(from, to));
  const ordered = options.reverse ? ranked.toReversed() : ranked;
  return options.scores ? withScores(ordered) : ordered.map(({ member }) => bytesOf(member));
}

function removeRange(context: Context, args: Args, by: By): Reply {
  const locate = parseRange(args, by, false);
  const sorted = readSorted(context, args);
  const { from, to } = locate(sorted);
  const members = sorted.slice(from, Math.max(from, to)).map(({ member }) => member);
  return removeMembers(context, args, members);
}

function parseOptions(args: Args, fixed: Fixed): RangeOptions {
  const options = { by: fixed.by ?? 'rank', reverse: fixed.reverse ?? false, scores: false } as RangeOptions;
  const given: { -readonly [K in keyof RangeOptions]: RangeOptions[K] } = { ...options, limit: undefined };
  for (let i = 3; i < args.length; i++) {
    const option = optionAt(args, i);
    if (option === 'WITHSCORES') given.scores = true;
    else if (option === 'LIMIT' && i + 2 < args.length)
      given.limit = { offset: integerAt(args, ++i), count: integerAt(args, ++i) };
    else if (option === 'REV' && fixed.reverse === undefined) given.reverse = true;
    else if (option === 'BYSCORE' && fixed.by === undefined) given.by = 'score';
    else if (option === 'BYLEX' && fixed.by === undefined) given.by = 'lex';
    else refuse('syntax');
  }
  return refuseConflicts(given);
}

function refuseConflicts(options: RangeOptions): RangeOptions {
  if (options.limit && options.by === 'rank') {
    refuseWith('ERR syntax error, LIMIT is only supported in combination with either BYSCORE or BYLEX');
  }
  if (options.scores && options.by === 'lex') {
    refuseWith('ERR syntax error, WITHSCORES not supported in combination with BYLEX');
  }
  return options;
}

/** LIMIT counts from the end where the answer begins. */
function applyLimit({ from, to }: Span, { limit, reverse }: RangeOptions): Span {
  if (limit === undefined) return { from, to };
  if (limit.offset < 0) return { from, to: from };
  const count = limit.count < 0 ? Number.POSITIVE_INFINITY : limit.count;
  if (!reverse) return { from: from + limit.offset, to: Math.min(to, from + limit.offset + count) };
  return { from: Math.max(from, to - limit.offset - count), to: to - limit.offset };
}
