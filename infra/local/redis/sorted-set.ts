/**
 * Members in the order of their scores, equal scores in the order of their bytes.
 *
 * Shape   blocks of ordered members, one behind the other: a change moves the members of one block, however many there are
 * Cost    look-up by member O(1); by place or score, and a change, O(log n) within a block, and O(n / 512) to count blocks
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

const MOST_IN_BLOCK = 512;
type Block = Ranked[];

export function createSortedSet(): SortedSet {
  const scores = new Map<string, number>();
  /** None is empty. */
  const blocks: Block[] = [];

  /** The first block whose last member is reached; behind the last where none is. */
  const blockOf = (isReached: (ranked: Ranked) => boolean) =>
    searchFirst(blocks, block => isReached(block.at(-1) as Ranked));

  function countBefore(isReached: (ranked: Ranked) => boolean): number {
    const at = blockOf(isReached);
    let count = searchFirst(blocks[at] ?? [], isReached);
    for (let i = 0; i < at; i++) count += (blocks[i] as Block).length;
    return count;
  }

  function remove(member: string): boolean {
    const score = scores.get(member);
    if (score === undefined) return false;
    const at = blockOf(isFrom({ member, score }));
    const block = blocks[at] as Block;
    block.splice(searchFirst(block, isFrom({ member, score })), 1);
    if (block.length === 0) blocks.splice(at, 1);
    return scores.delete(member);
  }

  function insert(ranked: Ranked): void {
    const at = Math.min(blockOf(isFrom(ranked)), Math.max(0, blocks.length - 1));
    blocks[at] ??= [];
    const block = blocks[at];
    block.splice(searchFirst(block, isFrom(ranked)), 0, ranked);
    if (block.length > MOST_IN_BLOCK) blocks.splice(at + 1, 0, block.splice(MOST_IN_BLOCK / 2));
  }

  return {
    get size() {
      return scores.size;
    },
    score: member => scores.get(member),
    put(member, score) {
      remove(member);
      insert({ member, score });
      scores.set(member, score);
    },
    remove,
    rank(member) {
      const score = scores.get(member);
      return score === undefined ? -1 : countBefore(isFrom({ member, score }));
    },
    countBefore,
    slice: (from, to = scores.size) => sliceOf(blocks, from, to),
  };
}

const isFrom = (wanted: Ranked) => (ranked: Ranked) => compare(ranked, wanted) >= 0;

/** The place of the first for which it holds, where it holds for all behind it too. */
function searchFirst<Item>(items: readonly Item[], holds: (item: Item) => boolean): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(items[middle] as Item)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function sliceOf(blocks: readonly Block[], from: number, to: number): readonly Ranked[] {
  const found: Ranked[] = [];
  let begins = 0;
  for (const block of blocks) {
    if (begins >= to) break;
    if (begins + block.length > from) found.push(...block.slice(Math.max(0, from - begins), to - begins));
    begins += block.length;
  }
  return found;
}

function compare(a: Ranked, b: Ranked): number {
  if (a.score !== b.score) return a.score - b.score;
  return a.member < b.member ? -1 : a.member > b.member ? 1 : 0;
}
