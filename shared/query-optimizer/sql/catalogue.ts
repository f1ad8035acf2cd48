/**
 * Finds what a name in a statement means: relations by the search path, their columns, views by their definition.
 *
 * Shape   (Snapshot, parser) -> { relation(schema?, name), view(schema?, name), statistics(relation, column) }
 */

import type { Node } from 'libpg-query';
import type { ColumnStatistics, Relation, RelationName, Snapshot } from '../snapshot.ts';
import type { SqlParser } from './sql-parser.ts';

export interface Catalogue {
  relation(schema: string | undefined, name: string): Relation | undefined;
  /** The SELECT that a view stands for. */
  view(schema: string | undefined, name: string): Node | undefined;
  statistics(relation: RelationName, column: string): ColumnStatistics | undefined;
}

export function createCatalogue(snapshot: Snapshot, parser: SqlParser): Catalogue {
  const path = searchPath(snapshot);
  const relations = new Map(snapshot.relations.map(relation => [nameOf(relation), relation]));
  const views = new Map((snapshot.views ?? []).map(view => [nameOf(view), view.definition]));
  const statistics = statisticsByColumn(snapshot.statistics);
  const find = <Found>(map: ReadonlyMap<string, Found>, schema: string | undefined, name: string) =>
    (schema === undefined ? path : [schema])
      .map(inSchema => map.get(nameOf({ schema: inSchema, name })))
      .find(found => found !== undefined);
  return {
    relation: (schema, name) => find(relations, schema, name),
    view(schema, name) {
      const definition = find(views, schema, name);
      return definition === undefined ? undefined : queryOf(definition, parser);
    },
    statistics: (relation, column) => statistics.get(`${nameOf(relation)}.${column}`),
  };
}

function queryOf(definition: string, parser: SqlParser): Node | undefined {
  const parsed = parser.parse(definition);
  return parsed.kind === 'parsed' ? parsed.statements[0] : undefined;
}

/** What cannot be mistaken for another, whatever characters the names have. */
export function nameOf({ schema, name }: RelationName): string {
  return JSON.stringify([schema, name]);
}

/** `"$user", public`: the schema named after a user is looked up by no statement that many users send. */
function searchPath({ server, relations }: Snapshot): readonly string[] {
  const setting = server.settings.search_path ?? '"$user", public';
  const named = [...setting.matchAll(/"((?:[^"]|"")+)"|([^\s,"]+)/g)]
    .map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '')
    .filter(schema => schema !== '$user');
  // A role may have a path of its own: a name that only one schema has means that one.
  const others = [...new Set(relations.map(({ schema }) => schema))].filter(
    schema => !named.includes(schema),
  );
  return ['pg_catalog', ...named, ...others];
}

/** Of a partitioned table the figures over all partitions count. */
function statisticsByColumn(rows: readonly ColumnStatistics[]): ReadonlyMap<string, ColumnStatistics> {
  const found = new Map<string, ColumnStatistics>();
  for (const row of rows) {
    const key = `${nameOf(row.table)}.${row.column}`;
    if (row.inherited || !found.has(key)) found.set(key, row);
  }
  return found;
}
