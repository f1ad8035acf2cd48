/**
 * Takes apart the values that are known of a column as GIN would.
 *
 * Shape   session, what is indexed, the column's statistics, rows -> SampledElements, or nothing where no values are known
 * Cost    two statements over some hundred values
 */

import { DatabaseError, type Session } from '../session.ts';
import type { ColumnStatistics } from '../snapshot.ts';
import { type ColumnSql, knownValues } from './known-values.ts';
import { type SampledElements, summariseElements } from './summarise-elements.ts';

export interface IndexedValue extends ColumnSql {
  readonly operatorClass: string;
}

const SCALARS = `SELECT coalesce(s #>> '{}', 'null') FROM jsonb_path_query(e::jsonb, 'strict $.**') s
  WHERE jsonb_typeof(s) NOT IN ('object', 'array')`;
const KEYS = `SELECT 'k' || key FROM jsonb_path_query(e::jsonb, 'strict $.**') o
  CROSS JOIN LATERAL jsonb_object_keys(CASE jsonb_typeof(o) WHEN 'object' THEN o ELSE '{}' END) AS keys (key)`;

/** What each class takes out of a value `e`, as an array of texts. */
const TAKEN_APART: Readonly<Record<string, string>> = {
  gin_trgm_ops: 'show_trgm(e::text)',
  tsvector_ops: 'tsvector_to_array(e::tsvector)',
  jsonb_ops: `ARRAY(${KEYS} UNION ${SCALARS})`,
  jsonb_path_ops: `ARRAY(${SCALARS})`,
};

/** Keep four bytes of each, whatever it is. */
const HASHED = new Set(['gin_trgm_ops', 'jsonb_path_ops']);

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
    if (common.length + bounds.length === 0) return undefined;
    return summariseElements({ common, bounds }, known, { rows, isHashed: HASHED.has(value.operatorClass) });
  } catch (error) {
    if (error instanceof DatabaseError) return undefined;
    throw error;
  }
}

async function takeApart(
  session: Session,
  value: IndexedValue,
  apart: string,
  values: string | undefined,
): Promise<readonly (readonly string[])[]> {
  if (values === undefined) return [];
  const rows = await session.query(
    `SELECT coalesce(to_json(${apart}), '[]')::text AS elements FROM ${knownValues(value)} ORDER BY at`,
    [values],
  );
  return rows.map(({ elements }) => JSON.parse(String(elements)) as readonly string[]);
}
