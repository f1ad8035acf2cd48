/**
 * Small questions to a parser's tree: which kind a node is of, its text, what is inside.
 *
 * Shape   Node is an object with one field, which names its kind
 */

import type { ColumnRef, Node, SelectStmt } from 'libpg-query';

type Fields = Readonly<Record<string, unknown>>;

/** Calls `visit` with every node below, the node itself first; what `visit` answers false to is not entered. */
export function walk(node: unknown, visit: (node: Node) => boolean): void {
  if (Array.isArray(node)) {
    for (const item of node) walk(item, visit);
    return;
  }
  if (typeof node !== 'object' || node === null) return;
  if (isNode(node) && !visit(node)) return;
  for (const value of Object.values(node)) if (typeof value === 'object') walk(value, visit);
}

/** Kinds are written with a capital, fields are not. */
function isNode(value: object): value is Node {
  const [name, ...others] = Object.keys(value);
  return name !== undefined && others.length === 0 && /^[A-Z]/.test(name);
}

/** A deep copy in which `replace` may give any node another. */
export function rewrite(node: Node, replace: (node: Node) => Node | undefined): Node {
  return copy(node, replace) as Node;
}

function copy(value: unknown, replace: (node: Node) => Node | undefined): unknown {
  if (Array.isArray(value)) return value.map(item => copy(item, replace));
  if (typeof value !== 'object' || value === null) return value;
  const other = isNode(value) ? replace(value) : undefined;
  if (other) return other;
  return Object.fromEntries(
    Object.entries(value as Fields).map(([key, inner]) => [key, copy(inner, replace)]),
  );
}

export function stringsOf(nodes: readonly Node[] | undefined): readonly string[] {
  return (nodes ?? []).flatMap(node => ('String' in node ? [node.String.sval ?? ''] : []));
}

/** The last part of a qualified name, which is what an operator or a function is called. */
export function lastName(nodes: readonly Node[] | undefined): string {
  return stringsOf(nodes).at(-1) ?? '';
}

export const columnRefOf = (node: Node | undefined): ColumnRef | undefined =>
  node && 'ColumnRef' in node ? node.ColumnRef : undefined;

export const selectOf = (node: Node | undefined): SelectStmt | undefined =>
  node && 'SelectStmt' in node ? node.SelectStmt : undefined;

export const isStar = (ref: ColumnRef): boolean => (ref.fields ?? []).some(field => 'A_Star' in field);

/** The text of a string constant, also where a type is written before or behind it. */
export function textOf(node: Node | undefined): string | undefined {
  if (!node) return undefined;
  if ('TypeCast' in node) return textOf(node.TypeCast.arg);
  return 'A_Const' in node && node.A_Const.sval ? (node.A_Const.sval.sval ?? '') : undefined;
}

/** Both what is known when a statement is sent: constants and parameters. */
export function isKnownValue(node: Node | undefined): boolean {
  let known = node !== undefined;
  walk(node, inner => {
    if ('ColumnRef' in inner || 'SubLink' in inner) known = false;
    return known;
  });
  return known;
}

export function hasParameter(node: Node): boolean {
  let found = false;
  walk(node, inner => {
    if ('ParamRef' in inner) found = true;
    return !found;
  });
  return found;
}
