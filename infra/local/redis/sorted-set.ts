/**
 * Members in the order of their scores, equal scores in the order of their bytes.
 *
 * Cost    look-up by member O(1), by place or score O(log n), change O(log n) plus moving the places behind
 */

export interface Ranked {
  readonly member: string;
  readonly score: number;
}

export interface SortedSet {
  readonly size: number;
  score(member: string): number | undefined;
  put(member: string, score: number): void;
  remove(member: string): boolean;
  /** Place from the lowest score; -1 when absent. */
  rank(member: string): number;
  /** How many stand before the first for which `isReached` holds; the order makes it hold for all after it. */
  countBefore(isReached: (ranked: Ranked) => boolean): number;
  /** To the end when `to` is left out. */
  slice(from: number, to?: number): readonly Ranked[];
}

export function createSortedSet(): SortedSet {
  const scores = new Map<string, number>();
  const order: Ranked[] = [];

  function countBefore(isReached: (ranked: Ranked) => boolean): number {
    let [low, high] = [0, order.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isReached(order[middle] as Ranked)) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  const placeOf = (wanted: Ranked) => countBefore(ranked => compare(ranked, wanted) >= 0);

  function remove(member: string): boolean {
    const score = scores.get(member);
    if (score === undefined) return false;
    order.splice(placeOf({ member, score }), 1);
    return scores.delete(member);
  }

  return {
    get size() {
      return scores.size;
    },
    score: member => scores.get(member),
    put(member, score) {
      remove(member);
      order.splice(placeOf({ member, score }), 0, { member, score });
      scores.set(member, score);
    },
    remove,
    rank(member) {
      const score = scores.get(member);
      return score === undefined ? -1 : placeOf({ member, score });
    },
    countBefore,
    slice: (from, to) => order.slice(from, to),
  };
}

function compare(a: Ranked, b: Ranked): number {
  if (a.score !== b.score) return a.score - b.score;
  return a.member < b.member ? -1 : a.member > b.member ? 1 : 0;
}
