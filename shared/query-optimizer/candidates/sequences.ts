/**
 * The orders in which keys may stand in a B-tree: equality before range, then what sorts; joins before and behind.
 *
 * Shape   (KeySets, Access) -> lists of keys, the principal ones first
 * Source  PostgreSQL, 11.3 Multicolumn Indexes; 11.4 Indexes and ORDER BY
 */

import type { Access, Key } from '../sql/access.ts';
import { distinctKeys, type KeySets } from './key-sets.ts';

/** Beyond it an index serves one statement and costs every write. */
const MOST_KEYS = 4;
/** Of how many keys all pairs are tried: more are not told apart by pairs. */
const MOST_PAIRED = 6;

/** What the conditions as a whole ask for: worth being made covering. */
export function principalSequences({ equal, joined, ranged }: KeySets, access: Access): readonly Key[][] {
  const order = access.order.map(({ key }) => key);
  const tails = [order, access.group].filter(tail => tail.length > 0);
  return cleaned([
    ...[...equal, ...joined, ...ranged].map(key => [key]),
    equal,
    ...ranged.map(range => [...equal, range]),
    ...joined.flatMap(join => [
      [join, ...equal],
      [...equal, join],
      ...ranged.map(range => [join, ...equal, range]),
    ]),
    joined,
    ...tails.flatMap(tail => [tail, [...equal, ...tail]]),
  ]);
}

export function pairedSequences({ equal, joined, ranged }: KeySets): readonly Key[][] {
  const keys = [...equal, ...joined, ...ranged].slice(0, MOST_PAIRED);
  return cleaned(keys.flatMap(first => keys.map(second => [first, second])));
}

function cleaned(sequences: readonly (readonly Key[])[]): Key[][] {
  return sequences.map(keys => distinctKeys(keys).slice(0, MOST_KEYS)).filter(keys => keys.length > 0);
}
