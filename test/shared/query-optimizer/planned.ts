/**
 * A planner that knows a list of plans for each statement and answers with the cheapest whose indexes are all on: what a search
 * finds can be held against all that there is.
 */

import { indexIdOf } from '../../../shared/query-optimizer/index-sql.ts';
import type { IndexDefinition, IndexId, Planner } from '../../../shared/query-optimizer/planner.ts';
import type { WorkItem } from '../../../shared/query-optimizer/search/what-if.ts';
import { relation } from './snapshots.ts';

export interface PlannedStatement {
  readonly id: string;
  readonly calls: number;
  readonly cost: number;
  /** Columns of the table `t`, an index on each of which is needed. */
  readonly plans: readonly { readonly needs: readonly string[]; readonly cost: number }[];
}

export const onColumn = (column: string): IndexDefinition => ({
  table: { schema: 'public', name: 't' },
  method: 'btree',
  keys: column.split('+').map(name => ({
    column: name,
    expression: undefined,
    operatorClass: undefined,
    isDescending: false,
  })),
  included: [],
  predicate: undefined,
});

export const idOf = (column: string): IndexId => indexIdOf(onColumn(column));

export interface PlannedPlanner extends Planner {
  readonly asked: readonly string[];
}

export function plannedPlanner(
  statements: readonly PlannedStatement[],
  bytes: (column: string) => number,
): PlannedPlanner {
  const asked: string[] = [];
  return {
    name: 'real',
    asked,
    async propose(indexes) {
      const columns = (index: IndexDefinition) => index.keys.map(({ column }) => column).join('+');
      return new Map(
        indexes.map(index => [indexIdOf(index), { kind: 'ready', bytes: bytes(columns(index)) }]),
      );
    },
    async estimate({ sql }, indexes) {
      asked.push(`${sql}: ${indexes.toSorted().join(' ')}`);
      const statement = statements.find(({ id }) => id === sql);
      if (!statement) return { kind: 'refused', why: 'no such statement' };
      const possible = statement.plans.filter(({ needs }) =>
        needs.every(column => indexes.includes(idOf(column))),
      );
      const best = possible.toSorted((left, right) => left.cost - right.cost)[0];
      if (!best || best.cost >= statement.cost)
        return { kind: 'estimated', cost: statement.cost, used: [], usedExisting: [] };
      return { kind: 'estimated', cost: best.cost, used: best.needs.map(idOf), usedExisting: [] };
    },
    async close() {},
  };
}

/** Every column of every plan is sought by its statement, so that no index is left out as irrelevant. */
export function itemsOf(statements: readonly PlannedStatement[]): readonly WorkItem[] {
  return statements.map(({ id, calls, cost, plans }) => {
    const columns = [...new Set(plans.flatMap(({ needs }) => needs.flatMap(need => need.split('+'))))];
    return {
      statement: { id, sql: id, normalized: false },
      calls,
      before: { cost, used: [], usedExisting: [] },
      accesses: [
        {
          relation: relation('t', columns.join(' ') || 'id'),
          filters: columns.map(column => ({ key: { column }, comparison: 'equality', operator: '=' })),
          arms: [],
          conditions: [],
          order: [],
          group: [],
          isLimited: false,
          columns: [...columns, 'more'],
        },
      ],
    };
  });
}
