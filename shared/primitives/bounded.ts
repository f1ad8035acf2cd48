/**
 * Works through a list with only so many pieces under way at once.
 *
 * Shape   items -> results, in the order of the items
 * Errors  rejects with the first failure; nothing new is begun after it
 */

export async function mapBounded<Item, Result>(
  items: readonly Item[],
  concurrency: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results = new Array<Result>(items.length);
  const remaining = items.entries();
  let failed = false;

  // All lanes draw from the same iterator, so each item is taken once.
  async function lane(): Promise<void> {
    for (const [index, item] of remaining) {
      if (failed) return;
      results[index] = await work(item).catch(error => {
        failed = true;
        throw error;
      });
    }
  }

  await Promise.all(Array.from({ length: Math.min(concurrency, items.length) }, lane));
  return results;
}
