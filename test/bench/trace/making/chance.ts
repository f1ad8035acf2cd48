/**
 * What is drawn by chance, by whatever source of it: a number, one of several things, their order.
 *
 * Shape   Chance: () -> from 0 to below 1
 */

export type Chance = () => number;

/** 0 ≤ drawn < below. */
export function below(chance: Chance, count: number): number {
  return Math.floor(chance() * count);
}

export function oneOf<Item>(chance: Chance, items: readonly Item[]): Item {
  const item = items[below(chance, items.length)];
  if (item === undefined) throw new Error('nothing to choose from');
  return item;
}

/** Fisher and Yates, in place of nothing: the items given stay as they are. */
export function shuffled<Item>(chance: Chance, items: readonly Item[]): Item[] {
  const result = [...items];
  for (let last = result.length - 1; last > 0; last--) {
    const other = below(chance, last + 1);
    [result[last], result[other]] = [result[other] as Item, result[last] as Item];
  }
  return result;
}
