/**
 * The planner port over a database of our own, in which proposed indexes exist as such, each switched on when it is asked for.
 * What it means that one exists is the caller's: really built, or an empty one that looks as if it were (twin).
 *
 * Shape   createBuiltPlanner({ name, session, prepare, finish, close }) -> Planner
 * Errors  PlannerGone once the session is lost
 * Cost    an estimate: an UPDATE where other indexes are on than before, and an EXPLAIN
 */

import { createIndexSql, indexIdOf } from '../index-sql.ts';
import type { Estimated, IndexDefinition, IndexId, Planner, Proposed } from '../planner.ts';
import { DatabaseError, type Session } from '../session.ts';
import { createExplainer } from './explain.ts';
import {
  type CataloguedIndex,
  createIndexSwitches,
  familyOf,
  type IndexSwitches,
  loadIndexes,
} from './index-switches.ts';
import { orGone } from './or-gone.ts';
import type { Plan, PlannedIndex } from './read-plan.ts';

export interface CreatedIndex {
  readonly id: IndexId;
  readonly definition: IndexDefinition;
  /** Of itself and those of partitions. */
  readonly family: readonly string[];
}

export interface BuiltPlannerOptions {
  readonly name: Planner['name'];
  readonly session: Session;
  /** Before indexes are created on these tables. @default nothing */
  readonly prepare?: (definitions: readonly IndexDefinition[]) => Promise<void>;
  /** Makes created indexes what they are to be: their bytes. */
  readonly finish: (created: readonly CreatedIndex[]) => Promise<ReadonlyMap<IndexId, number>>;
  /** All indexes are on by then, unless the session was lost. */
  readonly close: () => Promise<void>;
}

interface State {
  readonly session: Session;
  readonly switches: IndexSwitches;
  /** Existing indexes by `schema.name`: their families. */
  readonly existing: Map<string, readonly string[]>;
  readonly proposed: Map<IndexId, Proposed>;
  readonly candidates: Map<IndexId, readonly string[]>;
  /** What a plan's index is to the caller, by `schema.name`. */
  readonly meanings: Map<string, { readonly id?: IndexId; readonly existing?: string }>;
}

export async function createBuiltPlanner(options: BuiltPlannerOptions): Promise<Planner> {
  const { session } = options;
  const state = await openState(session);
  const explain = await createExplainer(session);
  return {
    name: options.name,
    propose: indexes => orGone(() => propose(state, indexes, options)),
    estimate: (statement, indexes, without = []) =>
      orGone(async () => {
        const on = chooseOn(state, indexes, without);
        if (typeof on === 'string') return { kind: 'refused', why: on };
        await state.switches.switchTo(on);
        const explained = await explain(statement);
        return explained.kind === 'refused' ? explained : asEstimate(explained.plan, state);
      }),
    async close() {
      try {
        await state.switches.switchTo(allOf(state));
      } finally {
        await options.close();
      }
    },
  };
}

async function openState(session: Session): Promise<State> {
  // One that is not valid before us is not ours to switch.
  const indexes = (await loadIndexes(session)).filter(({ isValid }) => isValid);
  const switches = createIndexSwitches(session);
  const keyed = indexes.map(index => [`${index.schema}.${index.name}`, index] as const);
  switches.add(
    indexes.map(({ oid }) => oid),
    true,
  );
  return {
    session,
    switches,
    existing: new Map(keyed.map(([key, { oid }]) => [key, familyOf(oid, indexes)])),
    proposed: new Map(),
    candidates: new Map(),
    meanings: new Map(keyed.map(([key]) => [key, { existing: key }])),
  };
}

async function propose(
  state: State,
  indexes: readonly IndexDefinition[],
  { prepare, finish }: Pick<BuiltPlannerOptions, 'prepare' | 'finish'>,
): Promise<ReadonlyMap<IndexId, Proposed>> {
  const wanted = new Map(indexes.map(index => [indexIdOf(index), index]));
  const fresh = [...wanted].filter(([id]) => !state.proposed.has(id));
  if (fresh.length > 0) await prepare?.(fresh.map(([, definition]) => definition));
  const created = await createAll(state, fresh);
  const bytes = fresh.length > 0 ? await finish(created) : new Map<IndexId, number>();
  for (const { id } of created) state.proposed.set(id, { kind: 'ready', bytes: bytes.get(id) ?? 0 });
  return new Map([...wanted.keys()].map(id => [id, state.proposed.get(id) as Proposed]));
}

async function createAll(
  state: State,
  fresh: readonly (readonly [IndexId, IndexDefinition])[],
): Promise<readonly CreatedIndex[]> {
  const names = new Map<string, readonly [IndexId, IndexDefinition]>();
  for (const [id, definition] of fresh) {
    const name = `headrace_candidate_${state.proposed.size}`;
    const why = await refusal(() => state.session.query(createIndexSql(definition, { name })));
    state.proposed.set(id, why === undefined ? { kind: 'ready', bytes: 0 } : { kind: 'refused', why });
    if (why === undefined) names.set(name, [id, definition]);
  }
  return names.size > 0 ? register(state, names, await loadIndexes(state.session)) : [];
}

function register(
  state: State,
  names: ReadonlyMap<string, readonly [IndexId, IndexDefinition]>,
  indexes: readonly CataloguedIndex[],
): readonly CreatedIndex[] {
  const byOid = new Map(indexes.map(index => [index.oid, index]));
  return indexes.flatMap(index => {
    const [id, definition] = names.get(index.name) ?? [];
    if (id === undefined || definition === undefined || index.parent !== undefined) return [];
    const family = familyOf(index.oid, indexes);
    state.switches.add(family, true);
    state.candidates.set(id, family);
    for (const oid of family) {
      const member = byOid.get(oid);
      if (member) state.meanings.set(`${member.schema}.${member.name}`, { id });
    }
    return [{ id, definition, family }];
  });
}

/** The oids of all that are on; or what is asked for and not there. */
function chooseOn(
  state: State,
  indexes: readonly IndexId[],
  without: readonly string[],
): ReadonlySet<string> | string {
  const unknown = indexes.find(id => !state.candidates.has(id));
  if (unknown !== undefined) return `The index on ${unknown} was not proposed, or was refused.`;
  const on = new Set([...state.existing.values()].flat());
  for (const name of without) for (const oid of state.existing.get(name) ?? []) on.delete(oid);
  for (const id of indexes) for (const oid of state.candidates.get(id) ?? []) on.add(oid);
  return on;
}

function asEstimate(plan: Plan, state: State): Estimated {
  const meaningOf = ({ schema, name }: PlannedIndex) => state.meanings.get(`${schema}.${name}`) ?? {};
  const found = plan.indexes.map(meaningOf);
  return {
    kind: 'estimated',
    cost: plan.cost,
    used: [...new Set(found.flatMap(({ id }) => id ?? []))],
    usedExisting: [...new Set(found.flatMap(({ existing }) => existing ?? []))],
    rows: plan.rows,
    scans: plan.indexes.flatMap(planned => {
      const { id, existing } = meaningOf(planned);
      const index = id ?? existing;
      const { cost, alias, condition } = planned;
      return index === undefined ? [] : [{ index, cost, alias, condition }];
    }),
  };
}

const allOf = ({ existing, candidates }: State): ReadonlySet<string> =>
  new Set([...existing.values(), ...candidates.values()].flat());

async function refusal(work: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (error instanceof DatabaseError) return error.message;
    throw error;
  }
}
