/**
 * Whether an index that is there already serves all that a candidate could.
 *
 * Shape   (definition, existing indexes of its table) -> boolean
 */

import type { IndexDefinition } from '../planner.ts';
import type { ExistingIndex, IndexKey } from '../snapshot.ts';
import { nameOf } from '../sql/catalogue.ts';

export function isThere(index: IndexDefinition, existing: readonly ExistingIndex[]): boolean {
  return existing.some(other => serves(other, index));
}

/** Its keys begin with the candidate's, and it has every column that the candidate adds. */
function serves(other: ExistingIndex, index: IndexDefinition): boolean {
  if (!other.isValid || other.method !== index.method) return false;
  // One of every row does not serve for one of few: that is smaller, and read in less.
  if (other.predicate !== index.predicate) return false;
  if (index.method !== 'btree' && other.keys.length !== index.keys.length) return false;
  const columns = new Set([...other.keys.map(({ text }) => plain(text)), ...other.included]);
  return (
    index.keys.every((key, at) => isSame(key, other.keys[at])) &&
    index.included.every(column => columns.has(column))
  );
}

/** Begins with all keys of an index that is there, and adds columns to it. */
export function isExtensionOf(index: IndexDefinition, other: ExistingIndex): boolean {
  if (!other.isValid || other.method !== 'btree' || index.method !== 'btree') return false;
  if (other.predicate !== index.predicate || nameOf(other.table) !== nameOf(index.table)) return false;
  return other.keys.every((key, at) => {
    const own = index.keys[at];
    return own !== undefined && isSame(own, key);
  });
}

function isSame(key: IndexDefinition['keys'][number], other: IndexKey | undefined): boolean {
  if (!other || (other.operatorClass ?? '') !== (key.operatorClass ?? '')) return false;
  if (other.isDescending !== key.isDescending) return false;
  // Said only where a statement's order asks for it.
  if (key.nulls !== undefined && other.nullsFirst !== (key.nulls === 'first')) return false;
  return key.column === undefined
    ? other.isExpression && bare(other.text) === bare(key.expression ?? '')
    : !other.isExpression && plain(other.text) === key.column;
}

/** As `pg_get_indexdef` quotes it. */
export const plain = (text: string): string =>
  text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text;

/** Postgres writes casts and brackets that a statement leaves out. */
const bare = (expression: string): string =>
  expression
    .replaceAll(/::(text|character varying|bpchar|timestamp without time zone)\b/g, '')
    .replaceAll(/[\s()]/g, '');
