/**
 * Durations as an edge has them: most from memory, some from Redis, a long tail from the origin; the same for each seed.
 *
 * Units   ms
 */

export function createMixture(seed: number): () => number {
  const random = createRandom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return () => {
    const kind = random();
    if (kind < 0.85) return 3 * Math.exp(0.5 * normal());
    if (kind < 0.97) return 25 * Math.exp(0.4 * normal());
    return 350 * Math.exp(0.9 * normal());
  };
}

/** Mulberry32. */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
