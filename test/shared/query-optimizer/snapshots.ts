/** Snapshots for tests, written in a few words: what is not said is empty, or as of a plain table of a thousand pages. */

import type {
  ColumnStatistics,
  ExistingIndex,
  IndexKey,
  Relation,
  Snapshot,
} from '../../../shared/query-optimizer/snapshot.ts';

export const DAY_MS = 86_400_000;
export const NOW = Date.UTC(2026, 10, 20);

export function snapshotOf(parts: Partial<Snapshot> = {}): Snapshot {
  return {
    format: 1,
    takenAt: NOW,
    server: {
      versionNumber: 180004,
      database: 'shop',
      collation: 'en_US.UTF-8',
      settings: {},
      extensions: [],
      databaseBytes: 100_000_000,
    },
    types: [],
    relations: [],
    constraints: [],
    indexes: [],
    statistics: [],
    extendedStatistics: [],
    functions: [],
    views: [],
    sequences: [],
    workload: [],
    connections: undefined,
    statementsSince: NOW - 30 * DAY_MS,
    countersSince: NOW - 30 * DAY_MS,
    gaps: [],
    ...parts,
  };
}

/** `relation('orders', 'id status:text')`: columns with their types, integers where none is said. */
export function relation(name: string, columns: string, parts: Partial<Relation> = {}): Relation {
  return {
    schema: 'public',
    name,
    kind: 'table',
    columns: columns.split(' ').map(column => {
      const [own = '', type = 'integer'] = column.split(':');
      return {
        name: own,
        type: type.replaceAll('~', ' '),
        collation: undefined,
        isRequired: false,
        generated: undefined,
      };
    }),
    pages: 1_000,
    rows: 100_000,
    allVisiblePages: 1_000,
    bytes: 8_192_000,
    options: [],
    parents: [],
    partition: undefined,
    activity: {
      inserts: 0,
      updates: 0,
      hotUpdates: 0,
      deletes: 0,
      sequentialScans: 1,
      indexScans: 1,
      analyzedAt: NOW - DAY_MS,
    },
    ...parts,
  };
}

export function key(text: string, parts: Partial<IndexKey> = {}): IndexKey {
  return {
    text,
    isExpression: text.includes('('),
    operatorClass: undefined,
    isDescending: false,
    nullsFirst: false,
    ...parts,
  };
}

/** `index('orders_status', 'orders', 'status customer_id')`. */
export function index(
  name: string,
  table: string,
  keys: string | readonly IndexKey[],
  parts: Partial<ExistingIndex> = {},
): ExistingIndex {
  const all = typeof keys === 'string' ? keys.split(' ').map(text => key(text)) : keys;
  return {
    schema: 'public',
    name,
    table: { schema: 'public', name: table },
    method: 'btree',
    keys: all,
    included: [],
    predicate: undefined,
    isUnique: false,
    isPrimary: false,
    isValid: true,
    constraint: undefined,
    parent: undefined,
    definition: `CREATE INDEX ${name} ON public.${table} USING btree (${all.map(({ text }) => text).join(', ')})`,
    pages: 300,
    rows: 100_000,
    bytes: 2_400_000,
    scans: 0,
    scannedAt: undefined,
    ...parts,
  };
}

export function statistics(
  table: string,
  column: string,
  parts: Partial<ColumnStatistics> = {},
): ColumnStatistics {
  return {
    table: { schema: 'public', name: table },
    column,
    inherited: false,
    nullFraction: 0,
    averageWidth: 8,
    distinct: -1,
    mostCommonValues: undefined,
    mostCommonFrequencies: undefined,
    histogramBounds: undefined,
    correlation: 0,
    mostCommonElements: undefined,
    mostCommonElementFrequencies: undefined,
    elementCountHistogram: undefined,
    ...parts,
  };
}
