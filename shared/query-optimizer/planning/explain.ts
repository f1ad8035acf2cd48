/**
 * Asks the planner of one session what a statement would cost. A statement with parameters is prepared and explained by its
 * generic plan, since PREPARE finds the types of `$n` as the application's own driver does.
 *
 * Shape   createExplainer(session) -> (statement) -> Plan | why not
 * Errors  SessionLost goes on to the caller
 * Cost    one round trip; of a normalised statement two, and two more at its first time
 * Source  PREPARE: plan_cache_mode; EXPLAIN EXECUTE. DISCARD PLANS, because a switched index is not noticed by a plan that is kept
 */

import { DatabaseError, type Session } from '../session.ts';
import type { Statement } from '../snapshot.ts';
import { type Plan, readPlan } from './read-plan.ts';

export type Explained =
  | { readonly kind: 'explained'; readonly plan: Plan }
  | { readonly kind: 'refused'; readonly why: string };

export type Explainable = Pick<Statement, 'sql' | 'normalized'>;
export type Explainer = (statement: Explainable) => Promise<Explained>;

/** As many statements stay prepared; a session keeps some 10 KB for each. */
const PREPARED_LIMIT = 300;
const EXPLAIN = 'EXPLAIN (FORMAT JSON, VERBOSE)';

export async function createExplainer(session: Session): Promise<Explainer> {
  await session.query('SET plan_cache_mode = force_generic_plan');
  const prepared = createPrepared(session);
  return async ({ sql, normalized }) => {
    try {
      const target = normalized ? await prepared(sql) : withoutEnd(sql);
      if (normalized) await session.query('DISCARD PLANS');
      const [row] = await session.query(`${EXPLAIN} ${target}`);
      return { kind: 'explained', plan: readPlan(row && Object.values(row)[0]) };
    } catch (error) {
      if (error instanceof DatabaseError) return { kind: 'refused', why: error.message };
      throw error;
    }
  };
}

/** What executes a statement by its generic plan: `EXECUTE p3(NULL, NULL)`. */
function createPrepared(session: Session): (sql: string) => Promise<string> {
  const known = new Map<string, string>();
  let made = 0;
  return async sql => {
    const found = known.get(sql);
    if (found) return found;
    if (known.size >= PREPARED_LIMIT) {
      await session.query('DEALLOCATE ALL');
      known.clear();
    }
    made += 1;
    const name = `headrace_${made}`;
    await session.query(`PREPARE ${name} AS ${withoutEnd(sql)}`);
    const execute = `EXECUTE ${name}${await argumentsOf(session, name)}`;
    known.set(sql, execute);
    return execute;
  };
}

async function argumentsOf(session: Session, name: string): Promise<string> {
  const [row] = await session.query(
    'SELECT cardinality(parameter_types)::int AS count FROM pg_prepared_statements WHERE name = $1',
    [name],
  );
  const count = Number(row?.count ?? 0);
  return count > 0 ? `(${Array(count).fill('NULL').join(', ')})` : '';
}

/** A trailing semicolon is no second statement. */
const withoutEnd = (sql: string): string => sql.replace(/[;\s]+$/, '');
