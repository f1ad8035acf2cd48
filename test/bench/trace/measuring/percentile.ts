/**
 * Percentiles by nearest rank: always a value that was measured.
 *
 * Shape   ascending values, share 0 to 1 -> value; NaN of none
 */

export function percentile(ascending: ArrayLike<number>, share: number): number {
  const rank = Math.ceil(ascending.length * share);
  return ascending[Math.min(ascending.length, Math.max(1, rank)) - 1] ?? Number.NaN;
}

export function ascending(values: Iterable<number>): Float64Array {
  return Float64Array.from(values).sort();
}
