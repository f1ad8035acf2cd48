/**
 * Asks the planner what statements would cost with indexes that are not there, and never the same twice.
 *
 * Two answers are had without asking: what is irrelevant to a statement changes nothing, and when a plan of many indexes used
 * only some, it is also the plan of those and any between.
 *
 * Errors  a statement that the planner refuses keeps its last cost; PlannerGone goes up
 * Cost    one EXPLAIN for what is not known yet
 */

import { indexIdOf } from '../index-sql.ts';
import type { Estimate, IndexDefinition, IndexId, Planner } from '../planner.ts';
import { roomFor } from '../sizes/room.ts';
import type { Relation, Statement } from '../snapshot.ts';
import type { Access } from '../sql/access.ts';
import { createReaches } from './kinship.ts';
import { isRelevant } from './relevance.ts';

export interface WorkItem {
  readonly statement: Pick<Statement, 'id' | 'sql' | 'normalized'>;
  readonly calls: number;
  readonly accesses: readonly Access[];
  /** Of the plan with what exists. */
  readonly before: Estimate;
}

/** With these indexes and no fewer, the statement costs that. */
export interface KnownPlan {
  readonly used: readonly IndexId[];
  readonly cost: number;
}

export interface WhatIf {
  readonly items: readonly WorkItem[];
  /** Those that the planner can judge. */
  propose(indexes: readonly IndexDefinition[]): Promise<readonly IndexId[]>;
  definitionOf(id: IndexId): IndexDefinition;
  bytesOf(id: IndexId): number;
  /** What it may take of a budget: its bytes, and as many more as a model's may be wrong by. */
  roomOf(id: IndexId): number;
  /** The room of all. */
  sizeOf(ids: Iterable<IndexId>): number;
  /** All that are ready and concern the statement. */
  relevantTo(item: number): readonly IndexId[];
  /** Items that one of these concerns. */
  itemsOf(ids: ReadonlySet<IndexId>): readonly number[];
  estimate(item: number, indexes: Iterable<IndexId>): Promise<KnownPlan>;
  plansOf(item: number): readonly KnownPlan[];
  asked(): number;
}

interface Answer extends KnownPlan {
  readonly on: ReadonlySet<IndexId>;
}

interface Ready {
  readonly definition: IndexDefinition;
  readonly bytes: number;
}

/** Relations tell which inherit from which. */
export function createWhatIf(
  planner: Planner,
  items: readonly WorkItem[],
  relations: readonly Relation[] = [],
): WhatIf {
  const reaches = createReaches(relations);
  const ready = new Map<IndexId, Ready>();
  const relevant = items.map(() => new Set<IndexId>());
  const answers = items.map(({ before }): Map<string, Answer> => {
    const nothing = { on: new Set<IndexId>(), used: [], cost: before.cost };
    return new Map([['', nothing]]);
  });
  let asked = 0;

  async function propose(indexes: readonly IndexDefinition[]): Promise<readonly IndexId[]> {
    const proposed = await planner.propose(indexes);
    const known = new Set<IndexId>();
    for (const definition of indexes) {
      const id = indexIdOf(definition);
      const answer = proposed.get(id);
      if (answer?.kind !== 'ready') continue;
      known.add(id);
      if (!ready.has(id)) add(id, { definition, bytes: answer.bytes });
    }
    return [...known];
  }

  function add(id: IndexId, index: Ready): void {
    ready.set(id, index);
    for (const [item, { accesses }] of items.entries())
      if (isRelevant(index.definition, accesses, reaches)) relevant[item]?.add(id);
  }

  function of(id: IndexId): Ready {
    const found = ready.get(id);
    if (!found) throw new Error(`No planner was asked about ${id}.`);
    return found;
  }

  function roomOf(id: IndexId): number {
    const { definition, bytes } = of(id);
    return planner.name === 'twin' ? roomFor(definition, bytes) : bytes;
  }

  async function estimate(item: number, indexes: Iterable<IndexId>): Promise<KnownPlan> {
    const on = new Set([...indexes].filter(id => relevant[item]?.has(id)));
    const key = [...on].sort().join('\n');
    const known = answers[item] ?? new Map<string, Answer>();
    const found = known.get(key) ?? [...known.values()].find(answer => isBetween(answer, on));
    if (found) return found;
    const answer = await ask(item, on);
    known.set(key, answer);
    return answer;
  }

  async function ask(item: number, on: ReadonlySet<IndexId>): Promise<Answer> {
    const { statement, before } = items[item] as WorkItem;
    asked += 1;
    const estimated = await planner.estimate(statement, [...on]);
    if (estimated.kind === 'refused') return { on, used: [], cost: before.cost };
    return { on, used: estimated.used, cost: estimated.cost };
  }

  return {
    items,
    propose,
    definitionOf: id => of(id).definition,
    bytesOf: id => of(id).bytes,
    roomOf,
    sizeOf: ids => [...ids].reduce((sum, id) => sum + roomOf(id), 0),
    relevantTo: item => [...(relevant[item] ?? [])],
    itemsOf: ids => [...items.keys()].filter(item => [...ids].some(id => relevant[item]?.has(id))),
    estimate,
    plansOf: item => [...(answers[item]?.values() ?? [])],
    asked: () => asked,
  };
}

/** What was used is on, and all that is on was on. */
function isBetween({ used, on: all }: Answer, on: ReadonlySet<IndexId>): boolean {
  if (on.size > all.size) return false;
  for (const id of used) if (!on.has(id)) return false;
  for (const id of on) if (!all.has(id)) return false;
  return true;
}
