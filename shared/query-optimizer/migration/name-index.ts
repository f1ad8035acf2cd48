/**
 * Names for new indexes: readable, the same for the same definition, and never longer than Postgres keeps.
 *
 * Shape   (definition, table?) -> idx_orders_customer_id_3f9a2c81
 * Units   at most 63 bytes of UTF-8
 * Source  PostgreSQL, 4.1.1 (NAMEDATALEN)
 */

import { longHash } from '../../primitives/short-hash.ts';
import { indexIdOf } from '../index-sql.ts';
import type { IndexDefinition } from '../planner.ts';

const MOST_BYTES = 63;
const HASH_DIGITS = 10;

/** Of a partition's index: the definition is the parent's, the name must be its own. */
export function nameIndex(index: IndexDefinition, partition?: string): string {
  const hash = longHash(`${indexIdOf(index)} ${partition ?? ''}`).slice(0, HASH_DIGITS);
  const keys = index.keys.map(({ column }) => column ?? 'expr');
  const words = ['idx', partition ?? index.table.name, ...keys].map(plain).join('_');
  return `${cut(words, MOST_BYTES - HASH_DIGITS - 1)}_${hash}`;
}

/** What needs no quotes is easier to type; letters of other alphabets stay. */
function plain(word: string): string {
  return word.toLowerCase().replaceAll(/[^\p{L}\p{N}_]+/gu, '_');
}

/** Between two characters, never within one. */
function cut(text: string, bytes: number): string {
  const encoder = new TextEncoder();
  let kept = '';
  for (const character of text) {
    if (encoder.encode(kept + character).length > bytes) return kept;
    kept += character;
  }
  return kept;
}
