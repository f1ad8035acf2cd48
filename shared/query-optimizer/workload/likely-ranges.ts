/**
 * Gives a parameter that bounds a column on one side a likely value from the column's histogram: a generic plan takes a third of
 * the table for it, while programs mostly ask for the newest, or the few beyond a limit.
 *
 * Shape   (statement's tree, accesses, catalogue) -> literals by the parameter's number
 * Source  PostgreSQL, DEFAULT_INEQ_SEL in selfuncs.h
 */

import type { A_Expr, Node } from 'libpg-query';
import { quoteLiteral } from '../index-sql.ts';
import type { Access } from '../sql/access.ts';
import { arrayOf } from '../sql/array-text.ts';
import type { Catalogue } from '../sql/catalogue.ts';
import { columnRefOf, lastName, walk } from '../sql/tree.ts';

/** So much of the table is left: the last tenth, or the first. */
const LEFT = 0.1;

export interface LikelyRangesDeps {
  readonly accesses: readonly Access[];
  readonly catalogue: Catalogue;
}

export function likelyRanges(
  statements: readonly Node[],
  deps: LikelyRangesDeps,
): ReadonlyMap<number, string> {
  const literals = new Map<number, string>();
  walk(statements, node => {
    const bound = 'A_Expr' in node ? boundOf(node.A_Expr) : undefined;
    const value = bound && likelyValue(bound, deps);
    if (bound && value !== undefined) literals.set(bound.parameter, quoteLiteral(value));
    return true;
  });
  return literals;
}

interface Bound {
  readonly column: string;
  readonly parameter: number;
  /** What lies above the value is asked for. */
  readonly isLower: boolean;
}

function boundOf({ kind, name, lexpr, rexpr }: A_Expr): Bound | undefined {
  const operator = lastName(name);
  if (kind !== 'AEXPR_OP' || !['<', '>', '<=', '>='].includes(operator)) return undefined;
  const [left, right] = [columnRefOf(lexpr), columnRefOf(rexpr)];
  const parameter = parameterOf(left ? rexpr : lexpr);
  const ref = left ?? right;
  if (!ref || parameter === undefined) return undefined;
  return {
    column: lastName(ref.fields),
    parameter,
    isLower: operator.startsWith('>') === (left !== undefined),
  };
}

export function parameterOf(node: Node | undefined): number | undefined {
  if (node && 'TypeCast' in node) return parameterOf(node.TypeCast.arg);
  return node && 'ParamRef' in node ? node.ParamRef.number : undefined;
}

/** Of a column that only one relation of the statement bounds, and only once. */
function likelyValue(
  { column, isLower }: Bound,
  { accesses, catalogue }: LikelyRangesDeps,
): string | undefined {
  const bounded = accesses.flatMap(({ relation, filters, arms }) =>
    [...filters, ...arms.flat()]
      .filter(({ key, comparison }) => comparison === 'range' && key.column === column)
      .map(() => relation),
  );
  const [relation, ...others] = bounded;
  if (!relation || others.length > 0) return undefined;
  const bounds = catalogue.statistics(relation, column)?.histogramBounds;
  const values = bounds === undefined ? [] : arrayOf(bounds);
  return values.length < 10
    ? undefined
    : values[Math.round((isLower ? 1 - LEFT : LEFT) * (values.length - 1))];
}
