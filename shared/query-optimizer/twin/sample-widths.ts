/**
 * How wide the values of a column, or of an expression over one, are as they are stored: of each width its share. A mean alone
 * does not tell what an entry takes once it is aligned, and ANALYZE cuts off the fraction of its mean.
 *
 * Shape   session, what is indexed, the column's statistics -> widths with their shares, or nothing where no values are known
 * Cost    two statements over some hundred values
 * Source  PostgreSQL, compute_scalar_stats: stawidth is a whole number
 */

import { DatabaseError, type Session } from '../session.ts';
import type { Widths } from '../sizes/index-shape.ts';
import type { ColumnStatistics } from '../snapshot.ts';
import { type ColumnSql, knownValues } from './known-values.ts';

export async function sampleWidths(
  session: Session,
  question: ColumnSql,
  known: ColumnStatistics,
): Promise<Widths | undefined> {
  try {
    const common = await widthsOf(session, question, known.mostCommonValues);
    const bounds = await widthsOf(session, question, known.histogramBounds);
    if (common.length + bounds.length === 0) return undefined;
    return grouped(weighed({ common, bounds }, known));
  } catch (error) {
    // Of a type that the twin lacks, or an expression that fails on some value.
    if (error instanceof DatabaseError) return undefined;
    throw error;
  }
}

/** What is materialised is stored as in a table: a short value with one byte of header instead of four. */
async function widthsOf(
  session: Session,
  question: ColumnSql,
  values: string | undefined,
): Promise<readonly number[]> {
  if (values === undefined) return [];
  const rows = await session.query(
    `WITH kept AS MATERIALIZED (SELECT e, at FROM ${knownValues(question)})
     SELECT coalesce(pg_column_size(e), 0)::int AS width FROM kept ORDER BY at`,
    [values],
  );
  return rows.map(({ width }) => Number(width));
}

interface Sampled {
  readonly common: readonly number[];
  readonly bounds: readonly number[];
}

/** Each bound stands for an equal share of what is neither common nor null. */
function weighed(
  { common, bounds }: Sampled,
  { mostCommonFrequencies = [], nullFraction }: ColumnStatistics,
): Widths {
  const shares = common.map((_, at) => mostCommonFrequencies[at] ?? 0);
  const covered = shares.reduce((sum, share) => sum + share, 0);
  const each = Math.max(1e-6, 1 - covered - nullFraction) / Math.max(1, bounds.length);
  const all = covered + each * bounds.length || 1;
  return [
    ...common.map((width, at) => [width, (shares[at] ?? 0) / all] as const),
    ...bounds.map(width => [width, each / all] as const),
  ];
}

/** Equal ones as one. */
function grouped(widths: Widths): Widths {
  const shares = new Map<number, number>();
  for (const [width, share] of widths) shares.set(width, (shares.get(width) ?? 0) + share);
  return [...shares];
}
