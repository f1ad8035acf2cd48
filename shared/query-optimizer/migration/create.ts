/**
 * The statements that create an index without stopping those who write, and those that take it back.
 *
 * A partitioned table takes no CONCURRENTLY: its index is made for the parent alone, then for each partition, then joined.
 *
 * Shape   (definition, relations) -> { up: statements, down: statements }
 * Source  PostgreSQL, CREATE INDEX (CONCURRENTLY; partitioned tables); 5.12.2.2 Partition Maintenance
 */

import { createIndexSql, quoteIdentifier, quoteRelation } from '../index-sql.ts';
import type { IndexDefinition } from '../planner.ts';
import type { Relation, RelationName } from '../snapshot.ts';
import { nameOf } from '../sql/catalogue.ts';
import { nameIndex } from './name-index.ts';

export interface Steps {
  readonly up: readonly string[];
  readonly down: readonly string[];
}

export function stepsFor(index: IndexDefinition, relations: readonly Relation[]): Steps {
  const table = relations.find(relation => nameOf(relation) === nameOf(index.table));
  const name = nameIndex(index);
  const quoted = quoteRelation({ schema: index.table.schema, name });
  if (table?.kind !== 'partitioned') {
    const up = [createIndexSql(index, { name, concurrently: true, ifNotExists: true })];
    return { up, down: [`DROP INDEX CONCURRENTLY IF EXISTS ${quoted}`] };
  }
  const up = [onlySql(index, name), ...partitionSteps({ index, table, name }, relations)];
  return { up, down: [`DROP INDEX IF EXISTS ${quoted}`] };
}

interface Parent {
  readonly index: IndexDefinition;
  readonly table: Relation;
  readonly name: string;
}

/** Partitions may be split again: then theirs is a parent too, which is joined when it is whole. */
function partitionSteps({ index, table, name }: Parent, relations: readonly Relation[]): readonly string[] {
  return partitionsOf(table, relations).flatMap(partition => {
    const own: IndexDefinition = { ...index, table: { schema: partition.schema, name: partition.name } };
    const ownName = nameIndex(index, partition.name);
    const made =
      partition.kind === 'partitioned'
        ? [onlySql(own, ownName), ...partitionSteps({ index, table: partition, name: ownName }, relations)]
        : [createIndexSql(own, { name: ownName, concurrently: true, ifNotExists: true })];
    const parent = quoteRelation({ schema: table.schema, name });
    const child = quoteRelation({ schema: partition.schema, name: ownName });
    return [...made, `ALTER INDEX ${parent} ATTACH PARTITION ${child}`];
  });
}

export function partitionsOf(table: RelationName, relations: readonly Relation[]): readonly Relation[] {
  const isParent = (parent: RelationName) => nameOf(parent) === nameOf(table);
  return relations.filter(
    ({ parents, kind, partition }) => partition !== undefined && kind !== 'foreign' && parents.some(isParent),
  );
}

/** `ON "public"."orders" USING …` -> `ON ONLY …`: the text after the name is the definition's own. */
function onlySql(index: IndexDefinition, name: string): string {
  const head = `CREATE INDEX IF NOT EXISTS ${quoteIdentifier(name)} ON `;
  return `${head}ONLY ${createIndexSql(index, { name, ifNotExists: true }).slice(head.length)}`;
}
