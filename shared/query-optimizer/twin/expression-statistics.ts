/**
 * What ANALYZE would find of an expression once an index on it exists: the expression is evaluated over the values that are
 * known of the one column it is made of.
 *
 * Shape   session, key, the column's statistics -> ColumnStatistics of the index's key, or nothing where it cannot be told
 * Cost    two statements over some hundred values
 * Source  PostgreSQL, ANALYZE gathers statistics of the expressions of indexes as of columns
 */

import { DatabaseError, type Row, type Session } from '../session.ts';
import type { ColumnStatistics, RelationName } from '../snapshot.ts';
import { type ColumnSql, knownValues } from './known-values.ts';
import { withUnseen } from './with-unseen.ts';

export interface ExpressionKey extends ColumnSql {
  readonly index: RelationName;
  /** From 1. */
  readonly number: number;
}

export async function deriveStatistics(
  session: Session,
  key: ExpressionKey,
  known: ColumnStatistics,
): Promise<ColumnStatistics | undefined> {
  try {
    const common = await evaluate(session, key, known.mostCommonValues);
    const bounds = await evaluate(session, key, known.histogramBounds);
    const all = [...common, ...bounds];
    return all.length === 0 ? undefined : summarise(key, known, { common, bounds });
  } catch (error) {
    // It fails on some value, or is of a type without an order: then nothing is known, as before.
    if (error instanceof DatabaseError) return undefined;
    throw error;
  }
}

interface Evaluated {
  readonly value: string;
  readonly width: number;
}

/** In the order of the expression's own type, with the place of the value it came from. */
async function evaluate(
  session: Session,
  key: ExpressionKey,
  values: string | undefined,
): Promise<readonly (Evaluated & { readonly at: number })[]> {
  if (values === undefined) return [];
  const rows: readonly Row[] = await session.query(
    `SELECT e::text AS value, pg_column_size(e)::int AS width, at::int AS at FROM ${knownValues(key)}
     WHERE e IS NOT NULL ORDER BY e`,
    [values],
  );
  return rows.map(({ value, width, at }) => ({
    value: String(value),
    width: Number(width),
    at: Number(at) - 1,
  }));
}

function summarise(
  key: ExpressionKey,
  known: ColumnStatistics,
  { common, bounds }: { common: readonly (Evaluated & { at: number })[]; bounds: readonly Evaluated[] },
): ColumnStatistics {
  const shares = new Map<string, number>();
  for (const { value, at } of common)
    shares.set(value, (shares.get(value) ?? 0) + (known.mostCommonFrequencies?.[at] ?? 0));
  const kept = keptShares(shares, bounds, known.nullFraction);
  const ordered = [...kept].sort(([, a], [, b]) => b - a);
  const rest = bounds.map(({ value }) => value).filter(value => !kept.has(value));
  const widths = [...common, ...bounds].map(({ width }) => width);
  return statisticsOfKey(key, known, {
    averageWidth: Math.round(widths.reduce((sum, width) => sum + width, 0) / widths.length),
    distinct: distinctResults(
      known.distinct,
      [...common, ...bounds].map(({ value }) => value),
    ),
    mostCommonValues: ordered.length > 0 ? asArray(ordered.map(([value]) => value)) : undefined,
    mostCommonFrequencies: ordered.length > 0 ? ordered.map(([, share]) => share) : undefined,
    histogramBounds: new Set(rest).size > 1 ? asArray(rest) : undefined,
  });
}

type Found = Pick<ColumnStatistics, 'averageWidth' | 'distinct'> & Partial<ColumnStatistics>;

/** As many rows are null as of the column that the expression is made of. */
export function statisticsOfKey(
  { index, number }: ExpressionKey,
  { nullFraction }: ColumnStatistics,
  found: Found,
): ColumnStatistics {
  return {
    table: index,
    column: String(number),
    ofIndex: true,
    inherited: false,
    nullFraction,
    mostCommonValues: undefined,
    mostCommonFrequencies: undefined,
    histogramBounds: undefined,
    correlation: undefined,
    mostCommonElements: undefined,
    mostCommonElementFrequencies: undefined,
    elementCountHistogram: undefined,
    ...found,
  };
}

/** A result of many bounds is a common value of its own: each stands for an equal share of what is neither common nor null. */
function keptShares(
  shares: ReadonlyMap<string, number>,
  bounds: readonly Evaluated[],
  nullFraction: number,
): ReadonlyMap<string, number> {
  const kept = new Map(shares);
  const covered = [...shares.values()].reduce((sum, share) => sum + share, 0);
  const each = Math.max(0, 1 - covered - nullFraction) / Math.max(1, bounds.length);
  const counts = new Map<string, number>();
  for (const { value } of bounds) counts.set(value, (counts.get(value) ?? 0) + 1);
  for (const [value, count] of counts)
    if (count > 2 || kept.has(value)) kept.set(value, (kept.get(value) ?? 0) + count * each);
  return kept;
}

/** Where each value gave another result there are as many as before; where not, those seen once and twice tell of the unseen. */
function distinctResults(distinct: number, results: readonly string[]): number {
  const times = new Map<string, number>();
  for (const result of results) times.set(result, (times.get(result) ?? 0) + 1);
  if (times.size >= results.length * 0.98) return distinct;
  const likely = withUnseen([...times.values()]);
  return distinct > 0 ? Math.min(distinct, likely) : likely;
}

export const asArray = (values: readonly string[]): string =>
  `{${values.map(value => `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`).join(',')}}`;
