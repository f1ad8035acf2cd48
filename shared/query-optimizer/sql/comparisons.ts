/**
 * What one condition compares: the keys an index could find rows by, and how.
 *
 * Shape   (condition, reading) -> [{ use, filter }], two for a join, none for what no index answers
 * Source  PostgreSQL, 11.2 Index Types; the operators of the classes array_ops, jsonb_ops, tsvector_ops, gin_trgm_ops
 */

import type { A_Expr, Node } from 'libpg-query';
import type { Comparison, Filter } from './access.ts';
import { keysOf, originsOf, type Reading, type UsedKey } from './expression-key.ts';
import { columnRefOf, isKnownValue, lastName, textOf } from './tree.ts';
import { typeOf, type Use } from './use.ts';

export interface UsedFilter {
  readonly use: Use;
  readonly filter: Filter;
}

export function comparisonsOf(condition: Node, reading: Reading): readonly UsedFilter[] {
  if ('A_Expr' in condition) return ofExpression(condition.A_Expr, reading);
  if ('NullTest' in condition) {
    const comparison = condition.NullTest.nulltesttype === 'IS_NULL' ? 'null' : 'not-null';
    return filtersOf(condition.NullTest.arg, { comparison, operator: 'IS' }, reading);
  }
  if ('BooleanTest' in condition) return filtersOf(condition.BooleanTest.arg, TRUTH, reading);
  if ('BoolExpr' in condition && condition.BoolExpr.boolop === 'NOT_EXPR')
    return booleanColumn(condition.BoolExpr.args?.[0], reading);
  return booleanColumn(condition, reading);
}

const TRUTH = { comparison: 'equality', operator: '=' } as const;

function booleanColumn(node: Node | undefined, reading: Reading): readonly UsedFilter[] {
  return columnRefOf(node) ? filtersOf(node, TRUTH, reading) : [];
}

function ofExpression(expression: A_Expr, reading: Reading): readonly UsedFilter[] {
  const operator = lastName(expression.name);
  const { lexpr: left, rexpr: right } = expression;
  switch (expression.kind) {
    case 'AEXPR_OP':
      return ofOperator({ operator, left, right }, reading);
    case 'AEXPR_IN':
      return operator === '=' ? filtersOf(left, { comparison: 'in', operator }, reading) : [];
    case 'AEXPR_OP_ANY':
      return operator === '=' ? ofAny(left, right, reading) : [];
    case 'AEXPR_BETWEEN':
    case 'AEXPR_BETWEEN_SYM':
      return filtersOf(left, { comparison: 'range', operator: 'BETWEEN' }, reading);
    case 'AEXPR_LIKE':
      return operator === '~~' ? filtersOf(left, ofPattern(right, operator), reading) : [];
    case 'AEXPR_ILIKE':
      return operator === '~~*' ? filtersOf(left, { comparison: 'pattern', operator }, reading) : [];
    default:
      return [];
  }
}

/** `$1 = ANY (tags)` asks an array what it holds: GIN answers only `@>`, so nothing is to be had here. */
function ofAny(left: Node | undefined, right: Node | undefined, reading: Reading): readonly UsedFilter[] {
  return isKnownValue(right) ? filtersOf(left, { comparison: 'in', operator: '=' }, reading) : [];
}

interface Operation {
  readonly operator: string;
  readonly left: Node | undefined;
  readonly right: Node | undefined;
}

const MIRRORED: Readonly<Record<string, string>> = {
  '=': '=',
  '<': '>',
  '>': '<',
  '<=': '>=',
  '>=': '<=',
  '@>': '<@',
  '<@': '@>',
  '&&': '&&',
};

function ofOperator({ operator, left, right }: Operation, reading: Reading): readonly UsedFilter[] {
  const found = ofSide({ operator, left, right }, reading);
  const mirrored = MIRRORED[operator];
  if (mirrored === undefined) return found;
  return [...found, ...ofSide({ operator: mirrored, left: right, right: left }, reading)];
}

/** The left side as the key, whatever the right side is made of but columns of the same relation. */
function ofSide({ operator, left, right }: Operation, reading: Reading): readonly UsedFilter[] {
  const others = new Set(originsOf(right, reading.scope).map(({ use }) => use));
  return keysOf(left, reading)
    .filter(({ use }) => !others.has(use))
    .flatMap(key => {
      const how = howCompared({ operator, left, right }, { key, isJoin: others.size > 0 });
      return how ? [{ use: key.use, filter: { key: key.key, ...how } }] : [];
    });
}

type How = Pick<Filter, 'comparison' | 'operator'>;

function howCompared(
  { operator, right }: Operation,
  { key, isJoin }: { key: UsedKey; isJoin: boolean },
): How | undefined {
  const by = (comparison: Comparison): How => ({ comparison, operator });
  if (operator === '=') return by(isJoin ? 'join' : 'equality');
  if (['<', '>', '<=', '>='].includes(operator)) return by('range');
  if (operator === '^@') return by('prefix');
  if (operator === '~~') return ofPattern(right, operator);
  if (['~', '~*', '~~*', '%', '<%', '%>'].includes(operator)) return by('pattern');
  if (operator === '@@') return isDocument(key) ? by('containment') : by('text-search');
  const contains = ['@>', '<@', '&&', '?', '?|', '?&', '@?'].includes(operator);
  return contains && !(operator === '<@' && isDocument(key)) ? by('containment') : undefined;
}

/** `jsonb @@ jsonpath` bears the sign of full text search. */
function isDocument({ use, key }: UsedKey): boolean {
  return key.column !== undefined && typeOf(use.relation, key.column) === 'jsonb';
}

/** What begins with a letter can be looked up in order; of a parameter it is not known. */
function ofPattern(pattern: Node | undefined, operator: string): How {
  const text = textOf(pattern);
  const comparison = text !== undefined && !/^[%_]/.test(text) && text !== '' ? 'prefix' : 'pattern';
  return { comparison, operator };
}

function filtersOf(expression: Node | undefined, how: How, reading: Reading): readonly UsedFilter[] {
  return keysOf(expression, reading).map(({ use, key }) => ({ use, filter: { key, ...how } }));
}
