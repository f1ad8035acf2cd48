/**
 * A snapshot's schema as statements that make it again, empty: each knows what it is, so that what cannot be made is said.
 *
 * Shape   Snapshot, what is known of the twin -> steps, in an order in which they can be run
 * Source  PostgreSQL, CREATE TABLE … PARTITION OF; ALTER INDEX … ATTACH PARTITION
 */

import { quoteIdentifier, quoteRelation } from '../index-sql.ts';
import type { Column, Constraint, ExistingIndex, Relation, RelationName, Snapshot } from '../snapshot.ts';

export interface Step {
  /** As people call it, for a gap. */
  readonly what: string;
  readonly sql: string;
  /** Without it statements still plan as they did: its failure is nothing to tell. @default false */
  readonly isMinor?: boolean;
}

export interface Replacements {
  /** Types as columns name them, and what is taken instead. */
  readonly types: ReadonlyMap<string, string>;
  /** Collations that the twin lacks. */
  readonly collations: ReadonlySet<string>;
}

export function schemaSteps({
  server,
  types,
  relations,
  functions,
  views = [],
  ...rest
}: Snapshot): readonly Step[] {
  const named = [...relations, ...types, ...views, ...rest.sequences, ...rest.extendedStatistics];
  const schemas = new Set([
    ...named.map(({ schema }) => schema),
    ...server.extensions.map(({ schema }) => schema),
    ...functions
      .flatMap(definition => /FUNCTION\s+("(?:[^"]|"")+"|\w+)\./.exec(definition)?.[1] ?? [])
      .map(unquote),
  ]);
  return [...schemas]
    .filter(schema => schema !== 'public' && !schema.startsWith('pg_'))
    .map(schema => ({
      what: `schema ${schema}`,
      sql: `CREATE SCHEMA IF NOT EXISTS ${quoteIdentifier(schema)}`,
    }));
}

export const extensionSteps = ({ server }: Snapshot, offered: ReadonlySet<string>): readonly Step[] =>
  server.extensions
    .filter(({ name }) => offered.has(name))
    .map(({ name, schema }) => ({
      what: `extension ${name}`,
      sql: `CREATE EXTENSION IF NOT EXISTS ${quoteIdentifier(name)} SCHEMA ${quoteIdentifier(schema)}`,
    }));

export const typeSteps = ({ types }: Snapshot): readonly Step[] =>
  types.map(type => ({ what: `type ${type.schema}.${type.name}`, sql: type.definition }));

export const functionSteps = ({ functions }: Snapshot): readonly Step[] =>
  functions.map(sql => ({ what: `function ${/FUNCTION\s+([^(]+)/.exec(sql)?.[1] ?? ''}`, sql }));

export const tableSteps = ({ relations }: Snapshot, replacements: Replacements): readonly Step[] =>
  relations.map(relation => ({ what: `table ${nameOf(relation)}`, sql: tableSql(relation, replacements) }));

function tableSql(relation: Relation, replacements: Replacements): string {
  const [parent] = relation.parents;
  const { key, bound } = relation.partition ?? {};
  const body =
    parent && bound !== undefined
      ? `PARTITION OF ${quoteRelation(parent)} ${bound}`
      : `(${relation.columns.map(column => columnSql(column, replacements)).join(', ')})`;
  const inherits =
    bound === undefined && relation.parents.length > 0
      ? `INHERITS (${relation.parents.map(quoteRelation).join(', ')})`
      : '';
  const split = key === undefined ? '' : `PARTITION BY ${key}`;
  const options = relation.options.filter(option => /^(fillfactor|parallel_workers)=\d+$/.test(option));
  const stored = options.length > 0 && key === undefined ? `WITH (${options.join(', ')})` : '';
  return ['CREATE TABLE', quoteRelation(relation), body, inherits, split, stored].filter(Boolean).join(' ');
}

function columnSql(column: Column, { types, collations }: Replacements): string {
  const collation =
    column.collation !== undefined && !collations.has(column.collation) ? column.collation : undefined;
  const [, expression, kind] = /^(.*) (STORED|VIRTUAL)$/s.exec(column.generated ?? '') ?? [];
  return [
    quoteIdentifier(column.name),
    types.get(column.type) ?? column.type,
    collation && !types.has(column.type) ? `COLLATE ${collation}` : '',
    expression ? `GENERATED ALWAYS AS (${expression}) ${kind}` : '',
    column.isRequired ? 'NOT NULL' : '',
  ]
    .filter(Boolean)
    .join(' ');
}

/** Keys before foreign keys, which refer to them. */
export function constraintSteps({ constraints, indexes }: Snapshot): readonly Step[] {
  const withParts = new Set(indexes.flatMap(({ parent }) => (parent ? [nameOf(parent)] : [])));
  const order: readonly Constraint['kind'][] = ['primary', 'unique', 'exclusion', 'check', 'foreign'];
  const sorted = constraints.toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
  return sorted.map(constraint => {
    const isSplit = withParts.has(nameOf({ ...constraint.table, name: constraint.name }));
    const only = isSplit && (constraint.kind === 'primary' || constraint.kind === 'unique') ? 'ONLY ' : '';
    const target = `${only}${quoteRelation(constraint.table)}`;
    const sql = `ALTER TABLE ${target} ADD CONSTRAINT ${quoteIdentifier(constraint.name)} ${constraint.definition}`;
    const what = `constraint ${constraint.name} of ${nameOf(constraint.table)}`;
    return { what, sql, isMinor: constraint.kind === 'check' || constraint.kind === 'exclusion' };
  });
}

export function indexSteps({ indexes }: Snapshot): readonly Step[] {
  const creating = indexes
    .filter(({ constraint, isValid }) => constraint === undefined && isValid)
    .map(index => ({ what: `index ${nameOf(index)}`, sql: index.definition }));
  return [...creating, ...indexes.flatMap(attachStep)];
}

const attachStep = (index: ExistingIndex): readonly Step[] =>
  index.parent === undefined
    ? []
    : [
        {
          what: `index ${nameOf(index)} as a part`,
          sql: `ALTER INDEX ${quoteRelation(index.parent)} ATTACH PARTITION ${quoteRelation(index)}`,
          isMinor: true,
        },
      ];

export const viewSteps = ({ views = [], sequences }: Snapshot): readonly Step[] => [
  ...sequences.map(sequence => ({
    what: `sequence ${nameOf(sequence)}`,
    sql: `CREATE SEQUENCE IF NOT EXISTS ${quoteRelation(sequence)}`,
  })),
  ...views.map(view => ({
    what: `view ${nameOf(view)}`,
    sql: `CREATE VIEW ${quoteRelation(view)} AS ${view.definition}`,
  })),
];

export const extendedSteps = ({ extendedStatistics }: Snapshot): readonly Step[] =>
  extendedStatistics.map(({ definition, ...name }) => ({
    what: `extended statistics ${nameOf(name)}`,
    sql: definition,
  }));

export const nameOf = ({ schema, name }: RelationName): string => `${schema}.${name}`;

const unquote = (name: string): string =>
  name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name;
