/**
 * The two bounds of a range over a sorted set, and the places between them.
 *
 * Shape   arguments 1 and 2 -> a function that finds the span [from, to) in the order of scores; reversed ranges name the
 *         upper bound first, except by rank, where they count from the end
 * Errors  RedisError when a bound is none
 */
import { type Args, integerAt, nameAt } from '../arguments.ts';
import { parseFloat64 } from '../numbers.ts';
import { refuseWith } from '../refusals.ts';
import type { SortedSet } from '../sorted-set.ts';

export type By = 'rank' | 'score' | 'lex';

export interface Span {
  readonly from: number;
  readonly to: number;
}

type Locate = (sorted: SortedSet) => Span;

export function parseRange(args: Args, by: By, reverse: boolean): Locate {
  if (by === 'rank') return byRank(integerAt(args, 1), integerAt(args, 2), reverse);
  const [low, high] = reverse ? [nameAt(args, 2), nameAt(args, 1)] : [nameAt(args, 1), nameAt(args, 2)];
  return by === 'score' ? byScore(low, high) : byBytes(low, high);
}

function byRank(start: number, stop: number, reverse: boolean): Locate {
  return ({ size }) => {
    const first = Math.max(0, start < 0 ? size + start : start);
    const last = Math.min(size - 1, stop < 0 ? size + stop : stop);
    return reverse ? { from: size - 1 - last, to: size - first } : { from: first, to: last + 1 };
  };
}

function byScore(low: string, high: string): Locate {
  const [min, max] = [scoreBound(low), scoreBound(high)];
  return sorted => ({
    from: sorted.countBefore(({ score }) => (min.exclusive ? score > min.score : score >= min.score)),
    to: sorted.countBefore(({ score }) => (max.exclusive ? score >= max.score : score > max.score)),
  });
}

function scoreBound(text: string): { score: number; exclusive: boolean } {
  const exclusive = text.startsWith('(');
  // C's strtod, by which Redis reads bounds, takes nothing for 0.
  const score = parseFloat64((exclusive ? text.slice(1) : text) || '0');
  return score === undefined ? refuseWith('ERR min or max is not a float') : { score, exclusive };
}

function byBytes(low: string, high: string): Locate {
  const [min, max] = [lexBound(low), lexBound(high)];
  return sorted => ({
    from: sorted.countBefore(({ member }) =>
      min.exclusive ? min.compare(member) > 0 : min.compare(member) >= 0,
    ),
    to: sorted.countBefore(({ member }) =>
      max.exclusive ? max.compare(member) >= 0 : max.compare(member) > 0,
    ),
  });
}

/** Where a member stands: below the bound (negative), at it, above it. */
function lexBound(text: string): { compare: (member: string) => number; exclusive: boolean } {
  if (text === '-') return { compare: () => 1, exclusive: true };
  if (text === '+') return { compare: () => -1, exclusive: true };
  const kind = text[0];
  const edge = text.slice(1);
  if (kind !== '[' && kind !== '(') return refuseWith('ERR min or max not valid string range item');
  return { compare: member => (member < edge ? -1 : member > edge ? 1 : 0), exclusive: kind === '(' };
}
