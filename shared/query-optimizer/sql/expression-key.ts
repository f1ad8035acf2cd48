/**
 * Whether an expression can be the key of an index, and its text in the words of its relation.
 *
 * An index may hold only what never changes: of functions and casts a list is known, and the planner refuses the rest.
 *
 * Shape   (expression, scope) -> { use, key } | undefined
 * Source  PostgreSQL, 11.7 Indexes on Expressions; pg_proc.provolatile of the functions named
 */

import type { ColumnRef, Node } from 'libpg-query';
import type { Key } from './access.ts';
import { resolve, type Scope } from './scope.ts';
import type { SqlParser } from './sql-parser.ts';
import { columnRefOf, isStar, lastName, rewrite, textOf, walk } from './tree.ts';
import { type Origin, typeOf, type Use } from './use.ts';

export interface UsedKey {
  readonly use: Use;
  readonly key: Key;
}

/** What is read from: where names are looked up, and how a piece of the tree becomes text. */
export interface Reading {
  readonly scope: Scope;
  readonly parser: SqlParser;
}

/** Several where a UNION feeds a column. */
export function keysOf(expression: Node | undefined, reading: Reading): readonly UsedKey[] {
  const plain = withoutRelabel(expression, reading);
  const ref = columnRefOf(plain);
  if (ref) return resolve(ref, reading.scope).map(({ use, column }) => ({ use, key: { column } }));
  const computed = plain && computedKey(plain, reading);
  return computed ? [computed] : [];
}

function computedKey(expression: Node, reading: Reading): UsedKey | undefined {
  const origins = originsOf(expression, reading.scope);
  const use = origins[0]?.use;
  if (use === undefined || origins.some(other => other.use !== use)) return undefined;
  if (!isLasting(expression, reading)) return undefined;
  return { use, key: { expression: inOwnWords(expression, reading) } };
}

/** Where each column of it comes from. */
export function originsOf(expression: Node | undefined, scope: Scope): readonly Origin[] {
  const origins: Origin[] = [];
  walk(expression, node => {
    const ref = columnRefOf(node);
    if (ref && !isStar(ref)) origins.push(...resolve(ref, scope));
    return !('SubLink' in node);
  });
  return origins;
}

/** Without the alias that the statement gave its relation, and under the column's own name. */
export function inOwnWords(expression: Node, { scope, parser }: Reading): string {
  return parser.print(
    rewrite(expression, node => {
      const ref = columnRefOf(node);
      const origin = ref && resolve(ref, scope)[0];
      return origin && { ColumnRef: ownReference(origin.column) };
    }),
  );
}

const ownReference = (column: string): ColumnRef => ({ fields: [{ String: { sval: column } }] });

/** `code::text` of a varchar is the column itself to an index. */
function withoutRelabel(expression: Node | undefined, { scope }: Reading): Node | undefined {
  if (!expression || !('TypeCast' in expression)) return expression;
  const { arg, typeName } = expression.TypeCast;
  const ref = columnRefOf(arg);
  const origin = ref && resolve(ref, scope)[0];
  const isText = lastName(typeName?.names) === 'text';
  const isRelabel =
    isText && origin && /^(character varying|text)/.test(typeOf(origin.use.relation, origin.column));
  return isRelabel ? arg : expression;
}

const LASTING_FUNCTIONS = new Set(
  'lower upper btrim ltrim rtrim trim md5 length char_length abs coalesce substring substr left right reverse round floor ceil mod extract date_part date_trunc jsonb_extract_path_text jsonb_extract_path to_tsvector replace concat_op split_part'.split(
    ' ',
  ),
);
const LASTING_OPERATORS = new Set(['->>', '->', '#>>', '#>', '+', '-', '*', '/', '%', '||']);
const LASTING_CASTS = new Set('int2 int4 int8 numeric float4 float8 text varchar bool uuid jsonb'.split(' '));
const CLOCK_DEPENDENT = /^(timestamp|time)(\(\d\))? with time zone$|^time.* with time zone/;

function isLasting(expression: Node, { scope }: Reading): boolean {
  let lasting = true;
  walk(expression, node => {
    if (!isLastingNode(node, scope)) lasting = false;
    return lasting && !isTypeName(node);
  });
  return lasting;
}

const isTypeName = (node: Node): boolean => 'TypeName' in node || 'String' in node;

function isLastingNode(node: Node, scope: Scope): boolean {
  const zoned = originsOf(node, scope).some(({ use, column }) =>
    CLOCK_DEPENDENT.test(typeOf(use.relation, column)),
  );
  if ('FuncCall' in node) {
    const name = lastName(node.FuncCall.funcname);
    if (node.FuncCall.over || !LASTING_FUNCTIONS.has(name)) return false;
    // The configuration may be another tomorrow, and the zone of a session is its own.
    if (name === 'to_tsvector')
      return (node.FuncCall.args ?? []).length === 2 && textOf(node.FuncCall.args?.[0]) !== undefined;
    return !zoned || (name === 'date_trunc' && (node.FuncCall.args ?? []).length === 3);
  }
  if ('A_Expr' in node)
    return node.A_Expr.kind === 'AEXPR_OP' && LASTING_OPERATORS.has(lastName(node.A_Expr.name));
  if ('TypeCast' in node) {
    if ('A_Const' in (node.TypeCast.arg ?? {})) return true;
    return (
      LASTING_CASTS.has(lastName(node.TypeCast.typeName?.names)) &&
      !isFromText(node.TypeCast.arg, scope) &&
      !zoned
    );
  }
  return ['ColumnRef', 'A_Const', 'String', 'CoalesceExpr', 'List', 'A_Star', 'Integer', 'TypeName'].some(
    kind => kind in node,
  );
}

/** Of a date, the text depends on a setting. */
function isFromText(arg: Node | undefined, scope: Scope): boolean {
  return originsOf(arg, scope).some(({ use, column }) => /^(date|time)/.test(typeOf(use.relation, column)));
}
