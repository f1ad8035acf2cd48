/**
 * Whether one relation alone decides how a result is sorted or grouped, so that an index in that order could save it.
 *
 * Shape   (SELECT, reading) -> the use has its order, its group and whether a LIMIT ends it
 */

import type { Node, SelectStmt, SortBy } from 'libpg-query';
import type { Key, SortKey } from './access.ts';
import { keysOf, type Reading, type UsedKey } from './expression-key.ts';
import { columnRefOf, lastName } from './tree.ts';
import type { Use } from './use.ts';

export function readOrder(select: SelectStmt, reading: Reading): void {
  const sorted = (select.sortClause ?? []).flatMap(node => ('SortBy' in node ? [node.SortBy] : []));
  const keys = sorted.map(sort => keyOf(sort.node, select, reading));
  const use = onlyUse(keys);
  if (use) {
    use.order = sorted.map((sort, at) => sortKey(sort, keys[at]?.key as Key));
    use.isLimited ||= select.limitCount !== undefined;
  }
  readGroup(select, reading);
  readExtreme(select, reading);
}

function readGroup(select: SelectStmt, reading: Reading): void {
  // DISTINCT ON names its keys, DISTINCT means all that is selected.
  const distinct = (select.distinctClause ?? []).some(node => Object.keys(node).length > 0)
    ? select.distinctClause
    : select.distinctClause &&
      (select.targetList ?? []).flatMap(node => ('ResTarget' in node ? [node.ResTarget.val] : []));
  const grouped = select.groupClause ?? distinct ?? [];
  const keys = grouped.map(node => keyOf(node, select, reading));
  const use = onlyUse(keys);
  if (use) use.group = keys.flatMap(key => (key ? [key.key] : []));
}

/** `SELECT max(at)` is the last entry of an index. */
function readExtreme({ targetList = [], groupClause }: SelectStmt, reading: Reading): void {
  const [only, ...others] = targetList;
  if (!only || others.length > 0 || groupClause || !('ResTarget' in only)) return;
  const call =
    only.ResTarget.val && 'FuncCall' in only.ResTarget.val ? only.ResTarget.val.FuncCall : undefined;
  if (!call || !['min', 'max'].includes(lastName(call.funcname))) return;
  for (const { use, key } of keysOf(call.args?.[0], reading)) {
    use.order = [{ key, isDescending: false, nullsFirst: false }];
    use.isLimited = true;
  }
}

/** A number means that column of the result, and so does a name that the result gives. */
function keyOf(node: Node | undefined, select: SelectStmt, reading: Reading): UsedKey | undefined {
  const targets = (select.targetList ?? []).flatMap(item => ('ResTarget' in item ? [item.ResTarget] : []));
  const place = node && 'A_Const' in node ? node.A_Const.ival?.ival : undefined;
  if (place !== undefined) return keysOf(targets[place - 1]?.val, reading)[0];
  const ref = columnRefOf(node);
  const named =
    ref && (ref.fields ?? []).length === 1 && targets.find(({ name }) => name === lastName(ref.fields));
  return keysOf(named ? named.val : node, reading)[0];
}

function onlyUse(keys: readonly (UsedKey | undefined)[]): Use | undefined {
  const use = keys[0]?.use;
  return use && keys.every(key => key?.use === use) ? use : undefined;
}

function sortKey({ sortby_dir, sortby_nulls }: SortBy, key: Key): SortKey {
  const isDescending = sortby_dir === 'SORTBY_DESC';
  const nullsFirst =
    sortby_nulls === 'SORTBY_NULLS_DEFAULT' ? isDescending : sortby_nulls === 'SORTBY_NULLS_FIRST';
  return { key, isDescending, nullsFirst };
}
