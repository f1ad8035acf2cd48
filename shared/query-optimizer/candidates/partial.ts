/**
 * Partial indexes: for conditions that come again with the same constants, an index of the rows they leave.
 *
 * A condition recurs when it has no constant (IS NULL, a boolean, two columns compared), when its column has so few values
 * that each must come again, or when several statements have it.
 *
 * Shape   (definitions for an access, what recurs) -> the same under a condition
 */

import type { IndexDefinition } from '../planner.ts';
import type { Access, Condition } from '../sql/access.ts';
import { distinctValues, type FactsDeps } from './column-facts.ts';

const FEW_VALUES = 100;
const MOST_CONDITIONS = 3;

export interface Recurrence {
  /** In how many statements a condition on a relation stands. */
  count(access: Access, condition: Condition): number;
}

export function countConditions(statements: readonly (readonly Access[])[]): Recurrence {
  const counts = new Map<string, number>();
  const nameOf = ({ relation }: Access, { sql }: Condition) =>
    JSON.stringify([relation.schema, relation.name, sql]);
  for (const accesses of statements) {
    const names = accesses.flatMap(access => access.conditions.map(condition => nameOf(access, condition)));
    for (const name of new Set(names)) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return { count: (access, condition) => counts.get(nameOf(access, condition)) ?? 0 };
}

export interface PartialDeps extends FactsDeps {
  readonly recurrence: Recurrence;
}

export function partialCandidates(
  whole: readonly IndexDefinition[],
  access: Access,
  deps: PartialDeps,
): readonly IndexDefinition[] {
  const conditions = access.conditions
    .filter(condition => recurs(condition, access, deps))
    .slice(0, MOST_CONDITIONS);
  return conditions.flatMap(condition => whole.flatMap(index => under(condition, index)));
}

function recurs(condition: Condition, access: Access, deps: PartialDeps): boolean {
  if (condition.kind === 'null' || condition.kind === 'boolean') return true;
  if (deps.recurrence.count(access, condition) > 1) return true;
  const [column] = condition.columns;
  if (condition.kind !== 'equality' || column === undefined) return false;
  return (distinctValues(access.relation, column, deps) ?? Number.POSITIVE_INFINITY) <= FEW_VALUES;
}

/** What the condition says need not be among the keys; an index of nothing else has one key of it left. */
function under(condition: Condition, index: IndexDefinition): readonly IndexDefinition[] {
  const isSaid = (column: string | undefined) => column !== undefined && condition.columns.includes(column);
  const mayDrop = ['equality', 'null', 'boolean'].includes(condition.kind) && condition.columns.length === 1;
  const keys = mayDrop ? index.keys.filter(({ column }) => !isSaid(column)) : index.keys;
  if (keys.length === 0) return [];
  return [{ ...index, keys, predicate: condition.sql }];
}
