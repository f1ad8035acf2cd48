/**
 * How wide the values of a column, or of an expression over one, are as they are stored: of each width its share. A mean alone
 * does not tell what an entry takes once it is aligned, and ANALYZE cuts off the fraction of its mean.
 *
 * Shape   session, what is indexed, the column's statistics -> widths with their shares, or nothing where no values are known
 * Cost    two statements over some hundred values
 * Source  PostgreSQL, compute_scalar_stats: stawidth is a whole number
 */

import { quoteIdentifier } from '../index-sql.ts';
import { DatabaseError, type Session } from '../session.ts';
import type { Widths } from '../sizes/index-shape.ts';
import type { ColumnStatistics } from '../snapshot.ts';

export interface WidthQuestion {
  /** Over the one column. */
  readonly sql: string;
  readonly column: string;
  /** As SQL. */
  readonly columnType: string;
}

export async function sampleWidths(
  session: Session,
  question: WidthQuestion,
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
  { sql, column, columnType }: WidthQuestion,
  values: string | undefined,
): Promise<readonly number[]> {
  if (values === undefined) return [];
  const rows = await session.query(
    `WITH kept AS MATERIALIZED (SELECT (${sql}) AS e, at
       FROM (SELECT each::${columnType} AS ${quoteIdentifier(column)}, at
         FROM unnest($1::text::text[]) WITH ORDINALITY AS u(each, at)) v)
     SELECT coalesce(pg_column_size(e), 0)::int AS width FROM kept ORDER BY at`,
    [values],
  );
  return rows.map(({ width }) => Number(width));
}

interface Sampled {
  readonly common: readonly number[];
  readonly bounds: readonly number[];
}

/** Each bound stands for an equal share of what is not common. */
function weighed({ common, bounds }: Sampled, { mostCommonFrequencies = [] }: ColumnStatistics): Widths {
  const shares = common.map((_, at) => mostCommonFrequencies[at] ?? 0);
  const covered = shares.reduce((sum, share) => sum + share, 0);
  const each = Math.max(bounds.length > 0 ? 1e-6 : 0, 1 - covered) / Math.max(1, bounds.length);
  const all = covered + (bounds.length > 0 ? each * bounds.length : 0) || 1;
  return [
    ...common.map((width, at) => [width, (shares[at] ?? 0) / all] as const),
    ...bounds.map(width => [width, each / all] as const),
  ];
}

/** Of so many columns with so many widths each, every combination is looked at. */
const MOST_WIDTHS = 24;

/** Equal ones as one; of too many those that are next to each other. */
function grouped(widths: Widths): Widths {
  const step = Math.max(1, Math.ceil((Math.max(...widths.map(([width]) => width)) + 1) / MOST_WIDTHS));
  const distinct = new Set(widths.map(([width]) => width)).size;
  const groups = Map.groupBy(widths, ([width]) =>
    distinct > MOST_WIDTHS ? Math.floor(width / step) : width,
  );
  return [...groups.values()].map(group => {
    const share = group.reduce((sum, [, each]) => sum + each, 0);
    const mean = group.reduce((sum, [width, each]) => sum + width * each, 0) / (share || 1);
    return [Math.round(mean), share] as const;
  });
}
