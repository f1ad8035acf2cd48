/**
 * The planner port over HypoPG on the user's own server: hypothetical indexes live in this session alone and write nothing.
 *
 * Shape   createHypopgPlanner(session) -> Planner
 * Errors  HypopgAbsent where the extension is not created; PlannerGone when the session is lost
 * Cost    two round trips for an estimate, and one for each index that is on now and was not before. Sizes are HypoPG's own, some
 *         three times too large, since it knows of no equal keys kept once; it has B-tree, BRIN, hash and bloom
 * Source  HypoPG 1.3: hypopg_create_index, hypopg_drop_index; 1.4: hypopg_hide_index
 */

import { createIndexSql, indexIdOf } from '../../../shared/query-optimizer/index-sql.ts';
import type {
  Estimated,
  IndexDefinition,
  IndexId,
  Planner,
  Proposed,
} from '../../../shared/query-optimizer/planner.ts';
import { createExplainer } from '../../../shared/query-optimizer/planning/explain.ts';
import { orGone } from '../../../shared/query-optimizer/planning/or-gone.ts';
import type { Plan } from '../../../shared/query-optimizer/planning/read-plan.ts';
import { DatabaseError, type Session } from '../../../shared/query-optimizer/session.ts';

export class HypopgAbsent extends Error {
  override readonly name = 'HypopgAbsent';
}

interface State {
  readonly session: Session;
  readonly definitions: Map<IndexId, IndexDefinition>;
  readonly proposed: Map<IndexId, Proposed>;
  /** Those that are there now, by their hypothetical oid. */
  readonly present: Map<IndexId, string>;
  /** Undefined where a hiding failed half-way. */
  hidden: readonly string[] | undefined;
}

export async function createHypopgPlanner(session: Session): Promise<Planner> {
  await requireExtension(session);
  const explain = await createExplainer(session);
  const state: State = {
    session,
    definitions: new Map(),
    proposed: new Map(),
    present: new Map(),
    hidden: [],
  };
  return {
    name: 'hypopg',
    propose: indexes => orGone(() => propose(state, indexes)),
    estimate: (statement, indexes, without = []) =>
      orGone(async () => {
        const unknown = indexes.find(id => state.proposed.get(id)?.kind !== 'ready');
        if (unknown !== undefined)
          return { kind: 'refused', why: `The index on ${unknown} was not proposed, or was refused.` };
        const why = await hide(state, without);
        if (why !== undefined) return { kind: 'refused', why };
        await present(state, new Set(indexes));
        const explained = await explain(statement);
        return explained.kind === 'refused' ? explained : asEstimate(explained.plan, state);
      }),
    async close() {
      await session.query('SELECT hypopg_reset()').catch(() => {});
      await session.close();
    },
  } satisfies Planner;
}

async function requireExtension(session: Session): Promise<void> {
  try {
    await session.query('SELECT hypopg_reset()');
  } catch (cause) {
    if (!(cause instanceof DatabaseError)) throw cause;
    throw new HypopgAbsent(
      'HypoPG is not created in this database: CREATE EXTENSION hypopg, or take --planner twin, which needs nothing there.',
      { cause },
    );
  }
}

/** Each is made once to see whether it can be and how large it is, and dropped again. */
async function propose(
  state: State,
  indexes: readonly IndexDefinition[],
): Promise<ReadonlyMap<IndexId, Proposed>> {
  const wanted = new Map(indexes.map(index => [indexIdOf(index), index]));
  for (const [id, definition] of wanted) {
    if (state.proposed.has(id)) continue;
    state.definitions.set(id, definition);
    state.proposed.set(id, await tryOut(state, definition));
  }
  return new Map([...wanted.keys()].map(id => [id, state.proposed.get(id) as Proposed]));
}

async function tryOut({ session }: State, definition: IndexDefinition): Promise<Proposed> {
  try {
    const oid = await create(session, definition);
    const [row] = await session.query('SELECT hypopg_relation_size($1::text::oid)::float8 AS bytes', [oid]);
    await session.query('SELECT hypopg_drop_index($1::text::oid)', [oid]);
    return { kind: 'ready', bytes: Number(row?.bytes) };
  } catch (error) {
    if (error instanceof DatabaseError) return { kind: 'refused', why: error.message };
    throw error;
  }
}

async function create(session: Session, definition: IndexDefinition): Promise<string> {
  const sql = createIndexSql(definition, { name: 'hypothetical' });
  const [row] = await session.query('SELECT indexrelid::text AS oid FROM hypopg_create_index($1)', [sql]);
  // It warns and makes nothing where it does not know a kind or an expression.
  if (!row) throw new DatabaseError('HypoPG cannot make this index', '0A000');
  return String(row.oid);
}

async function present(state: State, wanted: ReadonlySet<IndexId>): Promise<void> {
  for (const [id, oid] of state.present) {
    if (wanted.has(id)) continue;
    await state.session.query('SELECT hypopg_drop_index($1::text::oid)', [oid]);
    state.present.delete(id);
  }
  for (const id of wanted) {
    const definition = state.definitions.get(id);
    if (!state.present.has(id) && definition) state.present.set(id, await create(state.session, definition));
  }
}

/** What is wrong, or nothing. */
async function hide(state: State, without: readonly string[]): Promise<string | undefined> {
  if (without.join() === state.hidden?.join()) return undefined;
  state.hidden = undefined;
  try {
    await state.session.query('SELECT hypopg_unhide_all_indexes()');
    for (const name of without) await state.session.query(HIDE, [name]);
    state.hidden = without;
    return undefined;
  } catch (error) {
    if (error instanceof DatabaseError) return `This HypoPG cannot hide an index: ${error.message}`;
    throw error;
  }
}

const HIDE = `SELECT hypopg_hide_index(c.oid) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname || '.' || c.relname = $1`;

/** Hypothetical ones are called `<13473>btree_parcel_weight`. */
function asEstimate(plan: Plan, { present: there }: State): Estimated {
  const byOid = new Map([...there].map(([id, oid]) => [oid, id]));
  const oidOf = (name: string): string | undefined => /^<(\d+)>/.exec(name)?.[1];
  const used = plan.indexes.flatMap(({ name }) => byOid.get(oidOf(name) ?? '') ?? []);
  const existing = plan.indexes.filter(({ name }) => oidOf(name) === undefined);
  return {
    kind: 'estimated',
    cost: plan.cost,
    used: [...new Set(used)],
    usedExisting: [...new Set(existing.map(({ schema, name }) => `${schema}.${name}`))],
    rows: plan.rows,
  };
}
