/**
 * How many different ones there are in all, by how often each was seen in a sample: those seen once and twice tell how many were
 * not seen.
 *
 * Shape   how often each was seen -> how many there are
 * Source  Chao, "Nonparametric Estimation of the Number of Classes in a Population", 1984, without its bias
 */

export function withUnseen(times: readonly number[]): number {
  const once = times.filter(each => each === 1).length;
  const twice = times.filter(each => each === 2).length;
  return times.length + (once * (once - 1)) / (2 * (twice + 1));
}
