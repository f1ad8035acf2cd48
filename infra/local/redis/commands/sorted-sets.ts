/** Sorted sets: members with scores. The ranges over them stand in sorted-set-ranges.ts. */
import { type Args, countAt, floatAt, nameAt, namesFrom } from '../arguments.ts';
import { formatFloat64 } from '../numbers.ts';
import { refuse } from '../refusals.ts';
import { bytesOf, type Reply } from '../reply.ts';
import { createSortedSet, type Ranked, type SortedSet } from '../sorted-set.ts';
import { scanAll } from './scan.ts';
import { type CommandTable, type Context, reads, writes } from './table.ts';
import { parseZadd, zadd } from './zadd.ts';

export const sortedSets: CommandTable = {
  ZADD: writes(-4, ({ db }, args) => zadd(db, nameAt(args, 0), parseZadd(args))),
  ZINCRBY: writes(4, ({ db }, args) => {
    const additions = [{ score: floatAt(args, 1), member: nameAt(args, 2) }];
    return zadd(db, nameAt(args, 0), { flags: new Set(['INCR']), additions });
  }),
  ZREM: writes(-3, (context, args) => removeMembers(context, args, namesFrom(args, 1))),
  ZCARD: reads(2, (context, args) => readSorted(context, args).size),
  ZSCORE: reads(3, (context, args) => scoreReply(readSorted(context, args).score(nameAt(args, 1)))),
  ZMSCORE: reads(-3, (context, args) => {
    const sorted = readSorted(context, args);
    return namesFrom(args, 1).map(member => scoreReply(sorted.score(member)));
  }),
  ZRANK: reads(3, (context, args) => {
    const rank = readSorted(context, args).rank(nameAt(args, 1));
    return rank < 0 ? null : rank;
  }),
  ZREVRANK: reads(3, (context, args) => {
    const sorted = readSorted(context, args);
    const rank = sorted.rank(nameAt(args, 1));
    return rank < 0 ? null : sorted.size - 1 - rank;
  }),
  ZPOPMIN: writes(-2, (context, args) => pop(context, args, (sorted, count) => sorted.slice(0, count))),
  ZPOPMAX: writes(-2, (context, args) =>
    pop(context, args, (sorted, count) =>
      sorted.slice(Math.max(0, sorted.size - count), sorted.size).toReversed(),
    ),
  ),
  ZSCAN: reads(-3, (context, args) =>
    scanAll(args, {
      read: () => readSorted(context, args).slice(0),
      parts: ({ member, score }) => [member, bytesOf(formatFloat64(score))],
    }),
  ),
};

export function readSorted({ db }: Context, args: Args): SortedSet {
  return db.read(nameAt(args, 0), 'zset') ?? createSortedSet();
}

export function removeMembers(context: Context, args: Args, members: readonly string[]): number {
  const sorted = readSorted(context, args);
  const removed = members.filter(member => sorted.remove(member)).length;
  if (sorted.size === 0) context.db.remove(nameAt(args, 0));
  return removed;
}

export function withScores(ranked: readonly Ranked[]): Reply {
  return ranked.flatMap(({ member, score }) => [bytesOf(member), bytesOf(formatFloat64(score))]);
}

function scoreReply(score: number | undefined): Reply {
  return score === undefined ? null : bytesOf(formatFloat64(score));
}

function pop(
  context: Context,
  args: Args,
  choose: (sorted: SortedSet, count: number) => readonly Ranked[],
): Reply {
  if (args.length > 2) refuse('syntax');
  const count = args.length === 2 ? countAt(args, 1) : 1;
  const chosen = choose(readSorted(context, args), count);
  const members = chosen.map(({ member }) => member);
  removeMembers(context, args, members);
  return withScores(chosen);
}
