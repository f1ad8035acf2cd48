/**
 * Puts statements together that differ in constants alone, so that each kind is judged once and counts with all its calls.
 *
 * Of statements with constants in them a few stay, since one constant may be rare and another common.
 *
 * Shape   statements -> [{ fingerprint, statement, calls, totalMs, rows }]
 */

import type { Statement } from '../snapshot.ts';
import type { SqlParser } from '../sql/sql-parser.ts';

export interface StatementGroup {
  readonly fingerprint: string;
  /** Of those put together, the most called. */
  readonly statement: Statement;
  readonly calls: number;
  readonly totalMs: number | undefined;
  readonly rows: number | undefined;
}

const MOST_VARIANTS = 5;

export function groupStatements(
  statements: readonly Statement[],
  parser: SqlParser,
): readonly StatementGroup[] {
  const families = new Map<string, StatementGroup[]>();
  for (const statement of statements.toSorted((left, right) => right.calls - left.calls)) {
    const fingerprint = parser.fingerprint(statement.sql) ?? statement.sql;
    const family = families.get(fingerprint) ?? [];
    families.set(fingerprint, joined(family, fingerprint, statement));
  }
  return [...families.values()].flat();
}

function joined(family: StatementGroup[], fingerprint: string, statement: Statement): StatementGroup[] {
  const { calls, totalMs, rows } = statement;
  const same = family.findIndex(other => other.statement.sql === statement.sql);
  const at = same >= 0 || family.length < variantsOf(statement) ? same : family.length - 1;
  const other = family[at];
  if (!other) return [...family, { fingerprint, statement, calls, totalMs, rows }];
  const sum = {
    ...other,
    calls: other.calls + calls,
    totalMs: sumOf(other.totalMs, totalMs),
    rows: sumOf(other.rows, rows),
  };
  return family.with(at, sum);
}

/** What is normalised has no constants left to differ in. */
const variantsOf = ({ normalized }: Statement): number => (normalized ? 1 : MOST_VARIANTS);

const sumOf = (left: number | undefined, right: number | undefined): number | undefined =>
  left === undefined && right === undefined ? undefined : (left ?? 0) + (right ?? 0);
