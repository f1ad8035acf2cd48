/**
 * How often the values of a column come that are not among its common ones: as often as the slope of the common ones says.
 *
 * Where some come far more often than others (authors, customers, words), the n-th commonest has a share of about n^-slope. What
 * ANALYZE lists of them shows the slope, and the rest goes on with it. A list that is not full ends where values no longer come
 * more often than others: then the rest is taken to come equally often.
 *
 * Shape   common shares -> slope; (common shares, slope, values) -> [{ values, shareEach }] of the rest
 * Cost    some sixty groups of ranks for thirty thousand values, and sixteen more for ten times as many
 */

export interface RankGroup {
  readonly values: number;
  readonly shareEach: number;
}

/** Fewer are no line to go on with. */
const FEWEST_LISTED = 50;
/** The very first are steeper than the rest. */
const STEEP_PART = 0.25;

/** `mostListed` is where ANALYZE stops for want of room. */
export function slopeOf(commonShares: readonly number[], mostListed: number): number {
  const listed = commonShares.filter(share => share > 0);
  if (listed.length < Math.max(FEWEST_LISTED, mostListed)) return 0;
  const from = Math.floor(listed.length * STEEP_PART);
  const points = listed.slice(from).map((share, at) => ({
    rank: Math.log(from + at + 1),
    share: Math.log(share),
  }));
  const meanRank = points.reduce((sum, { rank }) => sum + rank, 0) / points.length;
  const rise = points.reduce((sum, { rank, share }) => sum + (rank - meanRank) * share, 0);
  const run = points.reduce((sum, { rank }) => sum + (rank - meanRank) ** 2, 0);
  return Math.max(0, -rise / run);
}

/** Ranks this near to each other come about equally often. */
const STEP = 1.15;

export function restOf(commonShares: readonly number[], slope: number, values: number): readonly RankGroup[] {
  const groups: { values: number; weight: number }[] = [];
  let listed = commonShares.length;
  while (values - listed >= 1) {
    const [first, last] = [listed + 1, slope === 0 ? values : Math.min(values, (listed + 1) * STEP)];
    groups.push({ values: last - listed, weight: Math.sqrt(first * last) ** -slope });
    listed = last;
  }
  const left = Math.max(0, 1 - commonShares.reduce((sum, share) => sum + share, 0));
  const all = groups.reduce((sum, group) => sum + group.values * group.weight, 0);
  return groups.map(group => ({ values: group.values, shareEach: (left * group.weight) / all }));
}
