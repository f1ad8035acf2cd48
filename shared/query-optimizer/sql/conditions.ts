/**
 * Takes a WHERE or ON apart, and gives every relation in it the filters that concern it.
 *
 * What all arms of an OR have in common holds for the whole, as the planner sees it too.
 *
 * Shape   (expression, reading) -> the uses it names have grown
 */

import type { Node } from 'libpg-query';
import type { Filter } from './access.ts';
import { comparisonsOf } from './comparisons.ts';
import type { Reading } from './expression-key.ts';
import { lastingCondition } from './lasting-condition.ts';
import type { Use } from './use.ts';

export function readConditions(expression: Node | undefined, reading: Reading): void {
  for (const condition of conjunctsOf(expression)) {
    if (isOr(condition)) readOr(condition, reading);
    else readOne(condition, reading);
    const lasting = lastingCondition(condition, reading);
    if (lasting) lasting.use.conditions.push(lasting.condition);
  }
}

function readOne(condition: Node, reading: Reading): void {
  for (const { use, filter } of comparisonsOf(condition, reading)) use.filters.push(filter);
}

function readOr(condition: Node, reading: Reading): void {
  const arms = armsOf(condition).map(arm => filtersByUse(arm, reading));
  const uses = new Set(arms.flatMap(arm => [...arm.keys()]));
  for (const use of uses) {
    const lists = arms.map(arm => arm.get(use) ?? []);
    const shared = (lists[0] ?? []).filter(filter =>
      lists.every(list => list.some(other => isSame(filter, other))),
    );
    use.filters.push(...shared);
    use.arms.push(...lists.filter(list => list.length > 0));
  }
}

function filtersByUse(arm: Node, reading: Reading): ReadonlyMap<Use, readonly Filter[]> {
  const byUse = new Map<Use, Filter[]>();
  for (const condition of conjunctsOf(arm)) {
    for (const { use, filter } of comparisonsOf(condition, reading))
      byUse.set(use, [...(byUse.get(use) ?? []), filter]);
  }
  return byUse;
}

const isSame = (left: Filter, right: Filter): boolean =>
  left.comparison === right.comparison &&
  left.key.column === right.key.column &&
  left.key.expression === right.key.expression;

function conjunctsOf(expression: Node | undefined): readonly Node[] {
  if (!expression) return [];
  if ('BoolExpr' in expression && expression.BoolExpr.boolop === 'AND_EXPR')
    return (expression.BoolExpr.args ?? []).flatMap(conjunctsOf);
  return [expression];
}

const isOr = (node: Node): boolean => 'BoolExpr' in node && node.BoolExpr.boolop === 'OR_EXPR';

function armsOf(node: Node): readonly Node[] {
  return 'BoolExpr' in node && isOr(node) ? (node.BoolExpr.args ?? []).flatMap(armsOf) : [node];
}
