/**
 * Chance that a seed decides: the same numbers in every run, on every machine. For data, never for secrets.
 *
 * Shape   seed -> () -> from 0 to below 1
 * Source  Mulberry32, in the public domain
 */

export function createSeededRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
