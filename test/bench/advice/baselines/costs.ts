/**
 * What a set of indexes would cost the workload, each question asked of the planner once.
 *
 * Cost    one estimate for each statement and each set of indexes on its tables
 */

import { indexIdOf } from '../../../../shared/query-optimizer/index-sql.ts';
import type {
  Estimate,
  IndexDefinition,
  IndexId,
  Planner,
} from '../../../../shared/query-optimizer/planner.ts';
import type { Snapshot, Statement } from '../../../../shared/query-optimizer/snapshot.ts';
import { columnsOf, type NamedColumns } from './columns.ts';

export interface Costs {
  readonly columns: ReadonlyMap<Statement, readonly NamedColumns[]>;
  /** Those that the planner takes: a column's type may be one that no B-tree takes. */
  takenOf(indexes: readonly IndexDefinition[]): Promise<readonly IndexDefinition[]>;
  bytesOf(indexes: readonly IndexDefinition[]): Promise<number>;
  estimate(statement: Statement, indexes: readonly IndexDefinition[]): Promise<Estimate>;
  /** Of the whole workload. */
  total(indexes: readonly IndexDefinition[]): Promise<number>;
}

export async function createCosts(planner: Planner, snapshot: Snapshot): Promise<Costs> {
  const columns = await columnsOf(snapshot);
  const known = new Map<string, Estimate>();
  const sizes = new Map<IndexId, number | undefined>();

  async function propose(indexes: readonly IndexDefinition[]): Promise<void> {
    const fresh = indexes.filter(index => !sizes.has(indexIdOf(index)));
    if (fresh.length === 0) return;
    for (const [id, proposed] of await planner.propose(fresh)) {
      sizes.set(id, proposed.kind === 'ready' ? proposed.bytes : undefined);
    }
  }

  async function takenOf(indexes: readonly IndexDefinition[]): Promise<readonly IndexDefinition[]> {
    await propose(indexes);
    return indexes.filter(index => sizes.get(indexIdOf(index)) !== undefined);
  }

  async function bytesOf(indexes: readonly IndexDefinition[]): Promise<number> {
    await propose(indexes);
    return indexes.reduce((sum, index) => sum + (sizes.get(indexIdOf(index)) ?? Number.NaN), 0);
  }

  async function estimate(statement: Statement, indexes: readonly IndexDefinition[]): Promise<Estimate> {
    const ids = relevant(columns.get(statement) ?? [], indexes);
    const key = [statement.id, ...ids].join('\n');
    const kept = known.get(key);
    if (kept) return kept;
    const estimated = await planner.estimate(statement, ids);
    const answer = estimated.kind === 'estimated' ? estimated : { cost: 0, used: [], usedExisting: [] };
    known.set(key, answer);
    return answer;
  }

  async function total(indexes: readonly IndexDefinition[]): Promise<number> {
    let sum = 0;
    for (const statement of snapshot.workload) {
      sum += statement.calls * (await estimate(statement, indexes)).cost;
    }
    return sum;
  }

  return { columns, takenOf, bytesOf, estimate, total };
}

function relevant(columns: readonly NamedColumns[], indexes: readonly IndexDefinition[]): readonly IndexId[] {
  const touches = ({ table }: IndexDefinition) =>
    columns.some(({ table: { schema, name } }) => schema === table.schema && name === table.name);
  return indexes.filter(touches).map(indexIdOf).sort();
}

/** A plain B-tree, the only kind that simple advisors know. */
export function btree(
  { schema, name }: IndexDefinition['table'],
  columns: readonly string[],
): IndexDefinition {
  return {
    table: { schema, name },
    method: 'btree',
    keys: columns.map(column => ({
      column,
      expression: undefined,
      operatorClass: undefined,
      isDescending: false,
    })),
    included: [],
    predicate: undefined,
  };
}

/** Whether an existing index begins with these columns already. */
export function exists(snapshot: Snapshot, index: IndexDefinition): boolean {
  const wanted = index.keys.map(({ column }) => column);
  return snapshot.indexes.some(
    ({ table, keys, method }) =>
      method === 'btree' &&
      table.schema === index.table.schema &&
      table.name === index.table.name &&
      wanted.every((column, at) => keys[at]?.text.replaceAll('"', '') === column),
  );
}
