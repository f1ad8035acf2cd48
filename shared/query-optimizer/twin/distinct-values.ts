/**
 * How many different values a column has, by the statistics that ANALYZE left and the sample that it took for them.
 *
 * Shape   (statistics, { rows, pages, sampled }) -> values
 * Source  PostgreSQL, std_typanalyze: three hundred rows for each step of the histogram that is wanted
 */

import { distinctBehind } from '../sizes/sampled-distinct.ts';
import type { ColumnStatistics, Snapshot } from '../snapshot.ts';

export interface SampledTable {
  readonly rows: number;
  readonly pages: number;
  /** Rows that ANALYZE looks at, of no more pages. */
  readonly sampled: number;
}

const ROWS_A_STEP = 300;

export const sampledRows = ({ server }: Snapshot): number =>
  ROWS_A_STEP * (Number(server.settings.default_statistics_target) || 100);

/** Rows that lie together by their values were written together, and not by chance. */
const TOGETHER = 0.9;

/** What ANALYZE foretells is below zero a share of the rows. */
export function distinctValues(
  known: ColumnStatistics | undefined,
  { rows, pages, sampled }: SampledTable,
): number {
  if (known === undefined || known.distinct === 0) return Math.min(200, rows);
  const foretold = known.distinct > 0 ? known.distinct : -known.distinct * rows;
  const filled = 1 - known.nullFraction;
  const sample = { rows: rows * filled, sampled: sampled * filled };
  if (Math.abs(known.correlation ?? 0) < TOGETHER) {
    const commonShares = known.mostCommonFrequencies?.map(share => share / filled) ?? [];
    return distinctBehind(foretold, { ...sample, commonShares, mostListed: sampled / ROWS_A_STEP });
  }
  const pageShare = sampled / Math.max(1, pages);
  return pageShare < 1
    ? distinctBehind(foretold, { ...sample, pageShare, rowsPerPage: rows / pages })
    : foretold;
}
