/**
 * Whether a condition can be what a partial index promises: on columns of one relation alone, the same with every call.
 *
 * Shape   (condition, reading) -> { use, condition } | undefined
 */

import type { A_Expr, Node } from 'libpg-query';
import type { Condition } from './access.ts';
import { inOwnWords, originsOf, type Reading } from './expression-key.ts';
import { lastName, walk } from './tree.ts';
import type { Use } from './use.ts';

export interface UsedCondition {
  readonly use: Use;
  readonly condition: Condition;
}

export function lastingCondition(node: Node, reading: Reading): UsedCondition | undefined {
  const origins = originsOf(node, reading.scope);
  const use = origins[0]?.use;
  if (!use || origins.some(other => other.use !== use) || !isConstant(node)) return undefined;
  const columns = [...new Set(origins.map(({ column }) => column))];
  return { use, condition: { sql: inOwnWords(node, reading), columns, kind: kindOf(node, columns.length) } };
}

const ALLOWED = new Set(
  'A_Expr BoolExpr NullTest BooleanTest ColumnRef A_Const TypeCast List String TypeName Integer A_ArrayExpr'.split(
    ' ',
  ),
);
const COMPARED = new Set(['=', '<', '>', '<=', '>=', '<>', '~~', '!~~', 'BETWEEN', '+', '-', '*']);
const LASTING_LITERALS = new Set(
  'date timestamp text varchar bpchar int2 int4 int8 numeric bool uuid interval'.split(' '),
);

function isConstant(condition: Node): boolean {
  let constant = true;
  walk(condition, node => {
    if (!isConstantNode(node)) constant = false;
    return constant && !('TypeName' in node);
  });
  return constant;
}

function isConstantNode(node: Node): boolean {
  if ('A_Expr' in node) return COMPARED.has(lastName(node.A_Expr.name));
  // A cast of a column may depend on settings; one of a literal is carried out when the index is created.
  if ('TypeCast' in node) {
    const { arg, typeName } = node.TypeCast;
    return 'A_Const' in (arg ?? {}) && LASTING_LITERALS.has(lastName(typeName?.names));
  }
  return Object.keys(node).every(kind => ALLOWED.has(kind));
}

function kindOf(node: Node, columns: number): Condition['kind'] {
  if (columns > 1) return 'columns';
  if ('NullTest' in node) return 'null';
  if ('ColumnRef' in node || 'BooleanTest' in node) return 'boolean';
  if ('BoolExpr' in node) return isNegatedColumn(node) ? 'boolean' : 'other';
  if (!('A_Expr' in node)) return 'other';
  return isEquality(node.A_Expr) && lastName(node.A_Expr.name) === '=' ? 'equality' : 'other';
}

/** A long list is what one call asked for, a short one is what the program says. */
function isEquality({ kind, rexpr }: A_Expr): boolean {
  const listed = rexpr && 'List' in rexpr ? (rexpr.List.items ?? []).length : 0;
  return kind === 'AEXPR_OP' || (kind === 'AEXPR_IN' && listed <= MOST_LISTED);
}

const MOST_LISTED = 3;

function isNegatedColumn(node: Extract<Node, { BoolExpr: unknown }>): boolean {
  const [only] = node.BoolExpr.args ?? [];
  return node.BoolExpr.boolop === 'NOT_EXPR' && only !== undefined && 'ColumnRef' in only;
}
