/**
 * Reads a SELECT from the inside out: what each use of a relation is filtered, joined, sorted and grouped by, in its
 * subqueries and common table expressions too.
 *
 * Shape   (SELECT, surroundings) -> outputs by name; the uses it found are in the surroundings
 */

import type { CommonTableExpr, Node, SelectStmt, WithClause } from 'libpg-query';
import { readConditions } from './conditions.ts';
import type { Reading } from './expression-key.ts';
import { readExpressions } from './expressions.ts';
import { readFrom } from './from.ts';
import { readOrder } from './order.ts';
import { type Outputs, outputsOfSource, readWhole, renamed, resolve, type Scope } from './scope.ts';
import type { Surroundings } from './surroundings.ts';
import { columnRefOf, isStar, lastName, stringsOf } from './tree.ts';
import type { Origin } from './use.ts';

export function readSelect(select: SelectStmt, around: Surroundings, outer?: Scope): Outputs {
  const inside = withNamed(select.withClause, around, outer);
  if (select.larg && select.rarg) {
    const sides = [select.larg, select.rarg].map(side => readSelect(side, inside, outer));
    return united(sides[0] ?? new Map(), sides[1] ?? new Map());
  }
  const scope: Scope = { sources: [], named: inside.named, outer };
  for (const item of select.fromClause ?? []) readFrom(item, scope, inside);
  const reading = { scope, parser: around.parser };
  readConditions(select.whereClause, reading);
  readExpressions([...(select.targetList ?? []), select.whereClause, select.havingClause], reading, inside);
  readExpressions(
    [...(select.groupClause ?? []), ...(select.sortClause ?? []), ...(select.windowClause ?? [])],
    reading,
    inside,
  );
  readExpressions(select.valuesLists ?? [], reading, inside);
  readOrder(select, reading);
  return outputsOf(select, reading);
}

/** Common table expressions by name, each seeing those before it, and only a recursive one itself: else its name is a relation's. */
export function withNamed(clause: WithClause | undefined, around: Surroundings, outer?: Scope): Surroundings {
  const named = new Map(around.named);
  for (const node of clause?.ctes ?? []) {
    if (!('CommonTableExpr' in node)) continue;
    const { ctename = '', ctequery } = node.CommonTableExpr;
    if (clause?.recursive) named.set(ctename, new Map());
    const outputs = around.readAny(ctequery, { ...around, named: new Map(named) }, outer);
    named.set(ctename, namedOutputs(node.CommonTableExpr, outputs));
  }
  return { ...around, named };
}

/** Materialized means that no condition from outside reaches its relations. */
function namedOutputs(expression: CommonTableExpr, outputs: Outputs): Outputs {
  const names = stringsOf(expression.aliascolnames);
  const isClosed = expression.ctematerialized === 'CTEMaterializeAlways';
  return renamed(outputs, names, isClosed);
}

/** Columns of a UNION have the names of its first side, and come from both. */
function united(left: Outputs, right: Outputs): Outputs {
  const others = [...right.values()];
  return new Map(
    [...left].map(([name, origins], at) => [name, [...origins, ...(others[at] ?? [])]] as const),
  );
}

function outputsOf({ targetList = [] }: SelectStmt, { scope }: Reading): Outputs {
  const outputs = new Map<string, readonly Origin[]>();
  for (const node of targetList) {
    if (!('ResTarget' in node)) continue;
    const { name, val } = node.ResTarget;
    const ref = columnRefOf(val);
    if (ref && isStar(ref)) addStar(outputs, stringsOf(ref.fields).at(-1), scope);
    else if (ref) outputs.set(name ?? lastName(ref.fields), resolve(ref, scope));
    else outputs.set(name ?? nameOfCall(val), []);
  }
  return outputs;
}

const nameOfCall = (value: Node | undefined): string =>
  value && 'FuncCall' in value ? lastName(value.FuncCall.funcname) : '?column?';

function addStar(outputs: Map<string, readonly Origin[]>, table: string | undefined, scope: Scope): void {
  for (const source of scope.sources) {
    if (table !== undefined && source.alias !== table) continue;
    readWhole(source);
    for (const [name, origins] of outputsOfSource(source)) outputs.set(name, origins);
  }
}
