/**
 * Which columns a statement names, found in its syntax tree: what every simple advisor makes its candidates of.
 *
 * Shape   snapshot -> for each statement, its tables with the columns it names and those it filters, joins or sorts by
 */

import { loadModule, parseSync } from 'libpg-query';
import type { Relation, Snapshot, Statement } from '../../../../shared/query-optimizer/snapshot.ts';

export interface NamedColumns {
  readonly table: Relation;
  /** Anywhere in the statement. */
  readonly named: readonly string[];
  /** Outside the list of what is selected. */
  readonly sought: readonly string[];
}

export async function columnsOf(
  snapshot: Snapshot,
): Promise<ReadonlyMap<Statement, readonly NamedColumns[]>> {
  await loadModule();
  return new Map(
    snapshot.workload.map(statement => [statement, columnsOfOne(statement, snapshot.relations)]),
  );
}

function columnsOfOne({ sql }: Statement, relations: readonly Relation[]): readonly NamedColumns[] {
  const found = { tables: new Set<string>(), named: new Set<string>(), sought: new Set<string>() };
  walk(parseSync(sql), found, false);
  return relations
    .filter(({ name, kind }) => found.tables.has(name) && kind === 'table')
    .map(table => {
      const names = table.columns.map(({ name }) => name);
      return {
        table,
        named: names.filter(name => found.named.has(name)),
        sought: names.filter(name => found.sought.has(name)),
      };
    });
}

type Found = Record<'tables' | 'named' | 'sought', Set<string>>;

function walk(node: unknown, found: Found, inTargets: boolean): void {
  if (Array.isArray(node)) for (const item of node) walk(item, found, inTargets);
  else if (isRecord(node))
    for (const [key, child] of Object.entries(node)) visit(key, child, { found, inTargets });
}

function visit(
  key: string,
  child: unknown,
  { found, inTargets }: { found: Found; inTargets: boolean },
): void {
  if (key === 'RangeVar' || key === 'relation') addTable(child, found);
  if (key === 'ColumnRef') addColumn(child, found, inTargets);
  // What stands below a subquery filters again, wherever the subquery is.
  walk(child, found, key === 'targetList' || (inTargets && key !== 'SelectStmt' && key !== 'whereClause'));
}

function addTable(child: unknown, { tables }: Found): void {
  if (isRecord(child) && typeof child.relname === 'string') tables.add(child.relname);
}

function addColumn(child: unknown, { named, sought }: Found, inTargets: boolean): void {
  const fields = isRecord(child) && Array.isArray(child.fields) ? child.fields : [];
  const name = (fields.at(-1) as { String?: { sval?: string } } | undefined)?.String?.sval;
  if (name === undefined) return;
  named.add(name);
  if (!inTargets) sought.add(name);
}

function isRecord(node: unknown): node is Record<string, unknown> {
  return typeof node === 'object' && node !== null;
}
