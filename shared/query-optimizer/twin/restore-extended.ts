/**
 * Gives a twin what was measured of several columns together.
 *
 * Shape   session, Snapshot -> nothing
 * Source  pg_statistic_ext_data; its types have no input, but take bytes once a cast says that they are the same
 */

import { quoteLiteral, quoteRelation } from '../index-sql.ts';
import type { Session } from '../session.ts';
import type { ExtendedStatistics, Snapshot } from '../snapshot.ts';
import { dependencyBytes, distinctBytes, type NumberedCombination } from './extended-data.ts';
import { runSteps } from './run-steps.ts';

export async function restoreExtended(session: Session, { extendedStatistics }: Snapshot): Promise<void> {
  const measured = extendedStatistics.filter(
    ({ distinct, dependencies }) => distinct.length + dependencies.length > 0,
  );
  if (measured.length === 0) return;
  await runSteps(
    session,
    ALLOW.map(sql => ({ what: 'extended statistics', sql })),
  );
  for (const statistics of measured) {
    const numbers = await columnNumbers(session, statistics);
    await runSteps(session, [{ what: 'extended statistics', sql: insertSql(statistics, numbers) }]);
  }
  await session.query('SET allow_system_table_mods = off');
}

const ALLOW = [
  'SET allow_system_table_mods = on',
  'CREATE CAST (bytea AS pg_ndistinct) WITHOUT FUNCTION',
  'CREATE CAST (bytea AS pg_dependencies) WITHOUT FUNCTION',
];

async function columnNumbers(
  session: Session,
  { table }: ExtendedStatistics,
): Promise<ReadonlyMap<string, number>> {
  const rows = await session.query(
    'SELECT attname::text AS name, attnum::int AS number FROM pg_attribute WHERE attrelid = to_regclass($1)',
    [quoteRelation(table)],
  );
  return new Map(rows.map(({ name, number }) => [String(name), Number(number)]));
}

function insertSql(statistics: ExtendedStatistics, numbers: ReadonlyMap<string, number>): string {
  const distinct = statistics.distinct.flatMap(({ columns, distinct: value }) =>
    numbered(columns, value, numbers),
  );
  const degrees = statistics.dependencies.flatMap(({ columns, degree }) =>
    numbered(columns, degree, numbers),
  );
  return `INSERT INTO pg_statistic_ext_data (stxoid, stxdinherit, stxdndistinct, stxddependencies)
    SELECT x.oid, false, ${asBytes(distinctBytes, distinct)}::pg_ndistinct, ${asBytes(dependencyBytes, degrees)}::pg_dependencies
    FROM pg_statistic_ext x JOIN pg_namespace n ON n.oid = x.stxnamespace
    WHERE n.nspname = ${quoteLiteral(statistics.schema)} AND x.stxname = ${quoteLiteral(statistics.name)}`;
}

const asBytes = (
  write: (combinations: readonly NumberedCombination[]) => string,
  combinations: readonly NumberedCombination[],
): string => (combinations.length === 0 ? 'NULL::bytea' : `decode('${write(combinations)}', 'hex')`);

function numbered(
  columns: readonly string[],
  value: number,
  numbers: ReadonlyMap<string, number>,
): readonly NumberedCombination[] {
  const found = columns.map(column => numbers.get(column));
  return found.every(number => number !== undefined) ? [{ columns: found as number[], value }] : [];
}
