/**
 * Snapshots of databases that exist nowhere: each given what its test is about, and otherwise the least there can be.
 */
import type {
  Column,
  ColumnStatistics,
  Relation,
  Server,
  Snapshot,
} from '../../../../shared/query-optimizer/snapshot.ts';

export type SnapshotParts = Omit<Partial<Snapshot>, 'server'> & { readonly server?: Partial<Server> };

export function aSnapshot({ server, ...parts }: SnapshotParts): Snapshot {
  return {
    format: 1,
    takenAt: Date.UTC(2026, 0, 2),
    server: {
      versionNumber: 170_004,
      database: 'shop',
      collation: 'C',
      settings: {},
      extensions: [],
      databaseBytes: 1_000_000,
      ...server,
    },
    types: [],
    relations: [],
    constraints: [],
    indexes: [],
    statistics: [],
    extendedStatistics: [],
    functions: [],
    sequences: [],
    views: [],
    workload: [],
    connections: undefined,
    statementsSince: undefined,
    countersSince: undefined,
    gaps: [],
    ...parts,
  };
}

export const aColumn = (name: string, type: string, rest: Partial<Column> = {}): Column => ({
  name,
  type,
  collation: undefined,
  isRequired: false,
  generated: undefined,
  ...rest,
});

export function aRelation(name: string, rest: Partial<Relation> = {}): Relation {
  const pages = rest.pages ?? 100;
  return {
    schema: 'public',
    name,
    kind: 'table',
    columns: [],
    pages,
    rows: 1000,
    allVisiblePages: 0,
    bytes: pages * 8192,
    options: [],
    parents: [],
    partition: undefined,
    activity: {
      inserts: 0,
      updates: 0,
      hotUpdates: 0,
      deletes: 0,
      sequentialScans: 0,
      indexScans: 0,
      analyzedAt: undefined,
    },
    ...rest,
  };
}

export const columnStatistics = (
  table: string,
  column: string,
  rest: Partial<ColumnStatistics> = {},
): ColumnStatistics => ({
  table: { schema: 'public', name: table },
  column,
  inherited: false,
  nullFraction: 0,
  averageWidth: 4,
  distinct: -1,
  mostCommonValues: undefined,
  mostCommonFrequencies: undefined,
  histogramBounds: undefined,
  correlation: undefined,
  mostCommonElements: undefined,
  mostCommonElementFrequencies: undefined,
  elementCountHistogram: undefined,
  ...rest,
});
