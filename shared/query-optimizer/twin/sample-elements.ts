/**
 * Takes apart the values that are known of a column as GIN would: how many keys a value has, how many different ones there are
 * in all, and how common each is.
 *
 * Shape   session, what is indexed, the column's statistics, rows -> SampledElements, or nothing where no values are known
 * Cost    a statement over some hundred values
 * Source  Heaps' law: different words grow as a power of the texts read; its exponent comes from half of the sample
 */

import { quoteIdentifier } from '../index-sql.ts';
import { DatabaseError, type Session } from '../session.ts';
import type { ShapedColumn } from '../sizes/index-shape.ts';
import type { ColumnStatistics } from '../snapshot.ts';

export interface IndexedValue {
  /** SQL over the one column. */
  readonly sql: string;
  readonly column: string;
  readonly columnType: string;
  readonly operatorClass: string;
}

export interface SampledElements extends NonNullable<ShapedColumn['elements']> {
  /** With the share of rows that have each, most common first. */
  readonly common: readonly (readonly [element: string, share: number])[];
}

const SCALARS = `SELECT e #>> '{}' FROM jsonb_path_query(v::jsonb, 'strict $.**') e WHERE jsonb_typeof(e) NOT IN ('object', 'array')`;

/** What each class takes out of a value `v`, as an array of texts. */
const TAKEN_APART: Readonly<Record<string, string>> = {
  gin_trgm_ops: 'show_trgm(v::text)',
  tsvector_ops: 'tsvector_to_array(v::tsvector)',
  jsonb_ops: `ARRAY(SELECT 'k' || (k #>> '{}') FROM jsonb_path_query(v::jsonb, 'lax $.**.keyvalue().key') k UNION ${SCALARS})`,
  jsonb_path_ops: `ARRAY(${SCALARS})`,
};

export async function sampleElements(
  session: Session,
  value: IndexedValue,
  known: ColumnStatistics,
  rows: number,
): Promise<SampledElements | undefined> {
  const apart = TAKEN_APART[value.operatorClass];
  if (apart === undefined) return undefined;
  try {
    const common = await takeApart(session, value, apart, known.mostCommonValues);
    const bounds = await takeApart(session, value, apart, known.histogramBounds);
    return common.length + bounds.length === 0 ? undefined : summarise({ common, bounds }, known, rows);
  } catch (error) {
    if (error instanceof DatabaseError) return undefined;
    throw error;
  }
}

async function takeApart(
  session: Session,
  { sql, column, columnType }: IndexedValue,
  apart: string,
  values: string | undefined,
): Promise<readonly (readonly string[])[]> {
  if (values === undefined) return [];
  const rows = await session.query(
    `SELECT coalesce(to_json(${apart}), '[]')::text AS elements
     FROM unnest($1::text::${columnType}[]) WITH ORDINALITY AS x(${quoteIdentifier(column)}, at)
     CROSS JOIN LATERAL (SELECT ${sql}) AS y(v) ORDER BY at`,
    [values],
  );
  return rows.map(({ elements }) => JSON.parse(String(elements)) as readonly string[]);
}

interface Sample {
  readonly common: readonly (readonly string[])[];
  readonly bounds: readonly (readonly string[])[];
}

function summarise({ common, bounds }: Sample, known: ColumnStatistics, rows: number): SampledElements {
  const frequencies = known.mostCommonFrequencies ?? [];
  const covered = frequencies.reduce((sum, share) => sum + share, 0);
  const eachBound = Math.max(0, 1 - covered - known.nullFraction) / Math.max(1, bounds.length);
  const weighed = [
    ...common.map((elements, at) => ({ elements, share: frequencies[at] ?? 0 })),
    ...bounds.map(elements => ({ elements, share: eachBound })),
  ];
  const values = valuesOf(known, rows);
  const shares = elementShares({ common, bounds }, frequencies, {
    eachBound,
    // Seen once among the bounds, an element is one value's own.
    alone: (eachBound * bounds.length) / Math.max(bounds.length, values - common.length),
  });
  const total = weighed.reduce((sum, { share }) => sum + share, 0) || 1;
  const perValue = weighed.reduce((sum, { elements, share }) => sum + elements.length * share, 0) / total;
  const lengths = [...shares.keys()].map(element => element.length);
  return {
    perValue: Math.max(0.1, perValue),
    distinct: extrapolate(
      weighed.map(({ elements }) => elements),
      values,
    ),
    width: lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.length),
    common: [...shares].sort(([, a], [, b]) => b - a),
  };
}

function elementShares(
  { common, bounds }: Sample,
  frequencies: readonly number[],
  { eachBound, alone }: { readonly eachBound: number; readonly alone: number },
): ReadonlyMap<string, number> {
  const shares = new Map<string, number>();
  const add = (element: string, share: number) => shares.set(element, (shares.get(element) ?? 0) + share);
  for (const [at, elements] of common.entries())
    for (const element of new Set(elements)) add(element, frequencies[at] ?? 0);
  const seen = new Map<string, number>();
  for (const elements of bounds)
    for (const element of new Set(elements)) seen.set(element, (seen.get(element) ?? 0) + 1);
  for (const [element, times] of seen) add(element, times === 1 ? alone : times * eachBound);
  return shares;
}

const valuesOf = ({ distinct }: ColumnStatistics, rows: number): number =>
  distinct > 0 ? distinct : Math.max(1, -distinct * rows);

/** Every other value is half of the sample, whatever the order. */
function extrapolate(sample: readonly (readonly string[])[], values: number): number {
  const all = new Set(sample.flat()).size;
  if (sample.length >= values || sample.length < 4 || all === 0) return Math.max(1, all);
  const half = new Set(sample.filter((_, at) => at % 2 === 0).flat()).size;
  const exponent = Math.min(1, Math.max(0, Math.log2(all / Math.max(1, half))));
  return all * (values / sample.length) ** exponent;
}
