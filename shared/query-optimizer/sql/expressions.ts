/**
 * Reads expressions for what they mention: columns, and subqueries with this place as their surroundings.
 *
 * Shape   (expressions, reading, surroundings) -> the uses know which columns are read
 */

import type { Node } from 'libpg-query';
import { keysOf, type Reading } from './expression-key.ts';
import { readStar, resolve } from './scope.ts';
import type { Surroundings } from './surroundings.ts';
import { columnRefOf, isStar, walk } from './tree.ts';

/** Every column counts as read, and every subquery is read with this place as its surroundings. */
export function readExpressions(
  nodes: readonly (Node | undefined)[],
  reading: Reading,
  around: Surroundings,
): void {
  walk(nodes, node => {
    const ref = columnRefOf(node);
    if (ref) {
      if (isStar(ref)) readStar(ref, reading.scope);
      else for (const { use, column } of resolve(ref, reading.scope)) use.columns.add(column);
    }
    if ('SubLink' in node) {
      readSublink(node.SubLink, reading, around);
      return false;
    }
    return true;
  });
}

type Sublink = Extract<Node, { SubLink: unknown }>['SubLink'];

/** `x IN (SELECT y …)` is a join of x and y. */
function readSublink(sublink: Sublink, reading: Reading, around: Surroundings): void {
  readExpressions([sublink.testexpr], reading, around);
  const outputs = around.readAny(sublink.subselect, around, reading.scope);
  if (sublink.subLinkType !== 'ANY_SUBLINK') return;
  const [first = []] = outputs.values();
  const sides = [
    ...keysOf(sublink.testexpr, reading),
    ...first.map(({ use, column }) => ({ use, key: { column } })),
  ];
  for (const { use, key } of sides) use.filters.push({ key, comparison: 'join', operator: '=' });
}
