/**
 * So many pieces of work at once, and the others in the order they came: memory is bounded by what is under way, and who waits
 * holds nothing yet.
 *
 * Errors  what the work throws, to whoever gave it
 */

export type InSlot = <Result>(work: () => Promise<Result>) => Promise<Result>;

export function createSlots(count: number): InSlot {
  const waiting: (() => void)[] = [];
  let free = count;

  async function enter(): Promise<void> {
    if (free > 0) free--;
    else await new Promise<void>(admit => waiting.push(admit));
  }

  /** To the next in line, without being free in between. */
  function leave(): void {
    const admit = waiting.shift();
    if (admit) admit();
    else free++;
  }

  return async work => {
    await enter();
    try {
      return await work();
    } finally {
      leave();
    }
  };
}
