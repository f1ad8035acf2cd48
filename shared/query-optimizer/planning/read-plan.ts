/**
 * Reads what an EXPLAIN (FORMAT JSON) says: the total cost, and which indexes the plan goes through.
 *
 * Shape   the first column of its one row, as text or parsed -> Plan
 * Errors  TypeError when it is not a plan
 * Source  PostgreSQL, EXPLAIN; a bitmap's index scan names no relation, the heap scan above it does
 */

export interface Plan {
  readonly cost: number;
  /** Estimated rows of the result. */
  readonly rows: number;
  readonly indexes: readonly PlannedIndex[];
}

export interface PlannedIndex {
  readonly name: string;
  /** Of the relation it belongs to; known where EXPLAIN was VERBOSE. */
  readonly schema: string | undefined;
}

interface Node {
  readonly 'Total Cost': number;
  readonly 'Plan Rows': number;
  readonly Schema?: string;
  readonly 'Index Name'?: string;
  readonly Plans?: readonly Node[];
}

export function readPlan(column: unknown): Plan {
  const explained: unknown = typeof column === 'string' ? JSON.parse(column) : column;
  const root = Array.isArray(explained) ? (explained[0] as { Plan?: Node } | undefined)?.Plan : undefined;
  if (typeof root?.['Total Cost'] !== 'number')
    throw new TypeError('EXPLAIN answered something else than a plan');
  return { cost: root['Total Cost'], rows: root['Plan Rows'], indexes: indexesOf(root, undefined) };
}

function indexesOf(node: Node, above: string | undefined): readonly PlannedIndex[] {
  const schema = node.Schema ?? above;
  const own = node['Index Name'] === undefined ? [] : [{ name: node['Index Name'], schema }];
  return [...own, ...(node.Plans ?? []).flatMap(below => indexesOf(below, schema))];
}
