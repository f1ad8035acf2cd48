/**
 * Durations as an edge has them: most from memory, some from Redis, a long tail from the origin; the same for each seed.
 *
 * Units   ms
 */

import { createSeededRandom } from '../../../shared/primitives/seeded-random.ts';

export function createMixture(seed: number): () => number {
  const random = createSeededRandom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return () => {
    const kind = random();
    if (kind < 0.85) return 3 * Math.exp(0.5 * normal());
    if (kind < 0.97) return 25 * Math.exp(0.4 * normal());
    return 350 * Math.exp(0.9 * normal());
  };
}
