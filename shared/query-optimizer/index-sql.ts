/**
 * The text of an index's definition: what identifies it, and the statement that creates it.
 *
 * Shape   IndexDefinition -> `"public"."order" USING btree ("customer", lower("mail")) INCLUDE ("total") WHERE …`
 * Errors  none. Names are quoted always, so that no name can end a statement; expressions and predicates are SQL, which
 *         whoever makes a definition takes from a parser and never from a string
 * Source  PostgreSQL, 4.1.1 Identifiers and Key Words; CREATE INDEX
 */

import type { DefinedKey, IndexDefinition, IndexId } from './planner.ts';
import type { RelationName } from './snapshot.ts';

export const indexIdOf = (index: IndexDefinition): IndexId =>
  [
    `${quoteRelation(index.table)} USING ${index.method} (${index.keys.map(keyText).join(', ')})`,
    index.included.length > 0 ? `INCLUDE (${index.included.map(quoteIdentifier).join(', ')})` : '',
    index.predicate ? `WHERE ${index.predicate}` : '',
  ]
    .filter(Boolean)
    .join(' ');

export interface CreateIndexOptions {
  readonly name: string;
  /** Writers go on meanwhile, but it cannot stand in a transaction. @default false */
  readonly concurrently?: boolean;
  /** @default false */
  readonly ifNotExists?: boolean;
}

export function createIndexSql(index: IndexDefinition, options: CreateIndexOptions): string {
  const words = [
    'CREATE INDEX',
    options.concurrently ? 'CONCURRENTLY' : '',
    options.ifNotExists ? 'IF NOT EXISTS' : '',
    quoteIdentifier(options.name),
    'ON',
    indexIdOf(index),
  ];
  return words.filter(Boolean).join(' ');
}

/** Two quotes stand for one; a name with a NUL cannot exist. */
export const quoteIdentifier = (name: string): string =>
  `"${name.replaceAll('\0', '').replaceAll('"', '""')}"`;

export const quoteRelation = ({ schema, name }: RelationName): string =>
  `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`;

/** With the letter E where a backslash is in it, so that it says the same whatever standard_conforming_strings is. */
export function quoteLiteral(text: string): string {
  const inner = text.replaceAll('\0', '').replaceAll("'", "''");
  return inner.includes('\\') ? `E'${inner.replaceAll('\\', '\\\\')}'` : `'${inner}'`;
}

function keyText(key: DefinedKey): string {
  const words = [
    key.expression === undefined ? quoteIdentifier(key.column ?? '') : `(${key.expression})`,
    key.operatorClass ? key.operatorClass.split('.').map(quoteOnce).join('.') : '',
    key.isDescending ? 'DESC' : '',
    key.nulls ? `NULLS ${key.nulls === 'first' ? 'FIRST' : 'LAST'}` : '',
  ];
  return words.filter(Boolean).join(' ');
}

const quoteOnce = (name: string): string => (/^"(?:[^"]|"")+"$/.test(name) ? name : quoteIdentifier(name));
