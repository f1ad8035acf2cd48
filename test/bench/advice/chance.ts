/**
 * Draws for data and parameters, from a seed.
 *
 * Shape   seed -> draws; the same in every run
 */

import { createSeededRandom } from '../../../shared/primitives/seeded-random.ts';

export type Chance = ReturnType<typeof createChance>;

export function createChance(seed: number) {
  const random = createSeededRandom(seed);
  const below = (bound: number): number => Math.floor(random() * bound);
  const pick = <Item>(items: readonly Item[]): Item => items[below(items.length)] as Item;
  return {
    below,
    pick,
    /** Both included. */
    between: (least: number, most: number): number => least + below(most - least + 1),
    happens: (probability: number): boolean => random() < probability,
    /** Small numbers come often: what is popular is very popular. */
    skewed: (bound: number, exponent = 3): number => Math.floor(bound * random() ** exponent),
    /** `count` different ones. */
    sample<Item>(items: readonly Item[], count: number): readonly Item[] {
      const rest = [...items];
      return Array.from({ length: count }, () => rest.splice(below(rest.length), 1)[0] as Item);
    },
  };
}

export const DAY_MS = 86_400_000;

export function dayOf(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}
