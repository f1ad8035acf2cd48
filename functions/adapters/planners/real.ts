/**
 * The planner that is asked with really built indexes: what the others are measured against, on a database that may be
 * written to. Everything it built is dropped when it closes.
 *
 * Shape   createRealPlanner(session of a superuser) -> Planner
 * Errors  as built-planner.ts
 * Cost    each proposed index is built and its table analysed
 */

import { quoteIdentifier, quoteRelation } from '../../../shared/query-optimizer/index-sql.ts';
import type { IndexId, Planner } from '../../../shared/query-optimizer/planner.ts';
import {
  type CreatedIndex,
  createBuiltPlanner,
} from '../../../shared/query-optimizer/planning/built-planner.ts';
import { asArray } from '../../../shared/query-optimizer/planning/index-switches.ts';
import type { Session } from '../../../shared/query-optimizer/session.ts';

export async function createRealPlanner(session: Session): Promise<Planner> {
  const built: CreatedIndex[] = [];
  return (await createBuiltPlanner({
    name: 'real',
    session,
    async finish(created) {
      built.push(...created);
      const tables = new Set(created.map(({ definition }) => quoteRelation(definition.table)));
      for (const table of tables) await session.query(`ANALYZE ${table}`);
      return measure(session, created);
    },
    async close() {
      await dropAll(session, built);
      await session.close();
    },
  })) satisfies Planner;
}

async function measure(
  session: Session,
  created: readonly CreatedIndex[],
): Promise<ReadonlyMap<IndexId, number>> {
  const bytes = new Map<IndexId, number>();
  for (const { id, family } of created) {
    const [row] = await session.query(
      'SELECT sum(pg_relation_size(oid))::float8 AS bytes FROM unnest($1::text::oid[]) AS oid',
      [asArray(family)],
    );
    bytes.set(id, Number(row?.bytes));
  }
  return bytes;
}

async function dropAll(session: Session, built: readonly CreatedIndex[]): Promise<void> {
  for (const { definition, family } of built) {
    const [row] = await session.query(
      'SELECT relname::text AS name FROM pg_class WHERE oid = $1::text::oid',
      [family[0]],
    );
    const { schema } = definition.table;
    if (row)
      await session.query(`DROP INDEX ${quoteIdentifier(schema)}.${quoteIdentifier(String(row.name))}`);
  }
}
