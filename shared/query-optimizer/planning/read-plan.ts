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
  /** Of one run of the scan, what it fetches from the table with it. */
  readonly cost: number;
  /** What the relation is called in the condition. */
  readonly alias: string | undefined;
  /** What the index is searched for: undefined where it is read from end to end. */
  readonly condition: string | undefined;
}

interface Node {
  readonly 'Total Cost': number;
  readonly 'Plan Rows': number;
  readonly Schema?: string;
  readonly Alias?: string;
  readonly 'Index Name'?: string;
  readonly 'Index Cond'?: string;
  readonly Plans?: readonly Node[];
}

export function readPlan(column: unknown): Plan {
  const explained: unknown = typeof column === 'string' ? JSON.parse(column) : column;
  const root = Array.isArray(explained) ? (explained[0] as { Plan?: Node } | undefined)?.Plan : undefined;
  if (typeof root?.['Total Cost'] !== 'number')
    throw new TypeError('EXPLAIN answered something else than a plan');
  return { cost: root['Total Cost'], rows: root['Plan Rows'], indexes: indexesOf(root, {}) };
}

function indexesOf(node: Node, above: Pick<Node, 'Schema' | 'Alias'>): readonly PlannedIndex[] {
  const { Schema: schema = above.Schema, Alias: alias = above.Alias } = node;
  const { 'Index Name': name, 'Index Cond': condition, 'Total Cost': cost } = node;
  const own = name === undefined ? [] : [{ name, schema, alias, cost, condition }];
  const place = {
    ...(schema !== undefined && { Schema: schema }),
    ...(alias !== undefined && { Alias: alias }),
  };
  return [...own, ...(node.Plans ?? []).flatMap(below => indexesOf(below, place))];
}
