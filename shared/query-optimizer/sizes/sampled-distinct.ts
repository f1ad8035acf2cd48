/**
 * How many different values a column has, by what ANALYZE said of a sample of it.
 *
 * ANALYZE foretells rightly where each value has as many rows as any other and each row is as likely to be sampled as any
 * other. Where chance decides which rows have which value, it foretells up to a fifth too few, since values with many rows
 * are seen sooner; where some come far more often than others, up to half too few. It samples pages first and rows of those: of
 * a large table whose equal values lie together it sees a value twice too often, and foretells several times too few. An index
 * of such a column would be larger than its budget, so this looks for the number of values of which ANALYZE would have said
 * what it did.
 *
 * Shape   (what ANALYZE said, the sample) -> values, never fewer
 * Source  PostgreSQL, compute_scalar_stats: Haas and Stokes, "Estimating the Number of Classes in a Finite Population" (Duj1);
 *         acquire_sample_rows: as many pages as rows are wanted, and rows of those
 */

import { restOf, slopeOf } from './rank-shares.ts';

export interface Sample {
  /** Of the table, those without a value left out. */
  readonly rows: number;
  /** Of these so many were looked at. */
  readonly sampled: number;
  /** Pages that were looked at, as a share of the table's, where equal values lie together. @default 1, any row as likely */
  readonly pageShare?: number;
  /** @default infinite */
  readonly rowsPerPage?: number;
  /** Of all rows that have a value, the most common first. @default none */
  readonly commonShares?: readonly number[];
  /** So many of them ANALYZE lists. @default 100 */
  readonly mostListed?: number;
}

const MOST_STEPS = 50;
/** Of the rows; beyond it nearly every row has a value of its own. */
const MOST_POSSIBLE = 1_000;

export function distinctBehind(foretold: number, sample: Sample): number {
  const { rows, sampled } = sample;
  if (rows <= sampled || foretold <= 1 || foretold >= rows) return foretold;
  const slope = slopeOf(sample.commonShares ?? [], sample.mostListed ?? 100);
  const sighted = (possible: number): Sighted =>
    sample.pageShare === undefined
      ? sightedAmongCommon(possible, sample, slope)
      : sightedTogether(possible, sample);
  let [few, many] = [foretold, rows * MOST_POSSIBLE];
  for (let step = 0; step < MOST_STEPS; step++) {
    const possible = Math.sqrt(few * many);
    if (foretoldOf(sighted(possible), sample) < foretold) few = possible;
    else many = possible;
  }
  return Math.min(rows, Math.max(foretold, sighted(many).met));
}

/** Of so many possible values, as chance would have it. */
interface Sighted {
  /** Values that the sample has at all. */
  readonly seen: number;
  /** Those that it has once. */
  readonly once: number;
  /** Values that the table has. */
  readonly met: number;
}

function foretoldOf({ seen, once }: Sighted, { rows, sampled }: Sample): number {
  return (sampled * seen) / (sampled - once + (once * sampled) / rows);
}

/** Common values are in the sample, and not once. */
function sightedAmongCommon(possible: number, sample: Sample, slope: number): Sighted {
  const { rows, sampled, commonShares = [] } = sample;
  const sum = { seen: commonShares.length, once: 0, met: commonShares.length };
  for (const { values, shareEach } of restOf(commonShares, slope, possible)) {
    const likely = shareEach * sampled;
    sum.seen -= values * Math.expm1(-likely);
    sum.once += values * likely * Math.exp(-likely);
    sum.met -= values * Math.expm1(-shareEach * rows);
  }
  return sum;
}

/** A value's rows fill one page, or several in a row. */
function sightedTogether(
  possible: number,
  { rows, sampled, pageShare = 1, rowsPerPage = Number.POSITIVE_INFINITY }: Sample,
): Sighted {
  const each = rows / possible;
  const pages = Math.max(1, each / rowsPerPage);
  const sampledOfPage = (each / pages) * (sampled / (rows * pageShare));
  const isMissed = 1 + pageShare * Math.expm1(-sampledOfPage);
  const once = pages * pageShare * sampledOfPage * Math.exp(-sampledOfPage) * isMissed ** (pages - 1);
  return {
    seen: possible * (1 - isMissed ** pages),
    once: possible * once,
    met: -possible * Math.expm1(-rows / possible),
  };
}
