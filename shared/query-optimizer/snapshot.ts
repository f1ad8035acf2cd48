/**
 * What Postgres measured about itself, as plain data: everything after the snapshot is offline and repeatable.
 *
 * Shape   catalogue and statistics as the server names them; identifiers unquoted; types and definitions as SQL text
 * Units   pages of 8 KiB; times ms, instants epoch ms; counters since the server last reset them
 * Source  pg_class, pg_attribute, pg_index, pg_constraint, pg_stats, pg_stat_statements, pg_stat_user_tables and _indexes
 */

import type { ColumnStatistics, ExtendedStatistics, RelationName } from './statistics.ts';

export type { ColumnStatistics, ExtendedStatistics, RelationName };

export interface Snapshot {
  readonly format: 1;
  readonly takenAt: number;
  readonly server: Server;
  /** Collations, enums, domains, composites and ranges, in an order in which they can be created. */
  readonly types: readonly DefinedType[];
  readonly relations: readonly Relation[];
  readonly constraints: readonly Constraint[];
  readonly indexes: readonly ExistingIndex[];
  readonly statistics: readonly ColumnStatistics[];
  readonly extendedStatistics: readonly ExtendedStatistics[];
  /** Those that are in no extension, as `CREATE FUNCTION`: indexes, generated columns, checks and statements call them. */
  readonly functions: readonly string[];
  /** Statements name them. */
  readonly sequences: readonly RelationName[];
  /** In an order in which they can be created. */
  readonly views?: readonly DefinedView[];
  readonly workload: readonly Statement[];
  readonly connections: Connections | undefined;
  /** When the counters of statements and of tables began; undefined where the server does not say. */
  readonly statementsSince: number | undefined;
  readonly countersSince: number | undefined;
  /** What could not be read. */
  readonly gaps: readonly Gap[];
}

export interface Server {
  /** For example 170004. */
  readonly versionNumber: number;
  readonly database: string;
  /** The collation of the database: under any but C or POSIX a prefix LIKE needs its own operator class. */
  readonly collation: string;
  /** The settings that costs depend on, as `SHOW` prints them. */
  readonly settings: Readonly<Record<string, string>>;
  readonly extensions: readonly {
    readonly name: string;
    readonly schema: string;
    readonly version: string;
  }[];
  readonly databaseBytes: number;
}

export interface DefinedType {
  readonly schema: string;
  readonly name: string;
  readonly definition: string;
}

export interface DefinedView extends RelationName {
  /** The SELECT it stands for, as `pg_get_viewdef` prints it. */
  readonly definition: string;
}

export type RelationKind = 'table' | 'partitioned' | 'materialized-view' | 'foreign';

export interface Relation extends RelationName {
  readonly kind: RelationKind;
  readonly columns: readonly Column[];
  readonly pages: number;
  /** -1 where it was never analysed. */
  readonly rows: number;
  readonly allVisiblePages: number;
  /** Of the table alone, without its indexes and TOAST. */
  readonly bytes: number;
  /** `fillfactor=90`, as stored. */
  readonly options: readonly string[];
  /** What it is a partition of, or inherits from. */
  readonly parents: readonly RelationName[];
  /** `RANGE (day)` of what has partitions, `FOR VALUES …` of what is one; both of one that is split again. */
  readonly partition: { readonly key: string | undefined; readonly bound: string | undefined } | undefined;
  readonly activity: Activity;
}

/** Since `countersSince`. */
export interface Activity {
  readonly inserts: number;
  readonly updates: number;
  /** Updates that touched no index: an index on a column they change ends them. */
  readonly hotUpdates: number;
  readonly deletes: number;
  readonly sequentialScans: number;
  readonly indexScans: number;
  readonly analyzedAt: number | undefined;
}

export interface Column {
  readonly name: string;
  /** As `format_type` prints it, schema-qualified where it must be. */
  readonly type: string;
  readonly collation: string | undefined;
  readonly isRequired: boolean;
  /** The expression that makes it, and `STORED` or `VIRTUAL`. */
  readonly generated: string | undefined;
}

export interface Constraint {
  readonly table: RelationName;
  readonly name: string;
  readonly kind: 'primary' | 'unique' | 'foreign' | 'exclusion' | 'check';
  readonly columns: readonly string[];
  readonly references:
    | { readonly table: RelationName; readonly columns: readonly string[]; readonly onDelete: string }
    | undefined;
  /** As `pg_get_constraintdef` prints it. */
  readonly definition: string;
}

export interface ExistingIndex extends RelationName {
  readonly table: RelationName;
  /** btree, gin, gist, brin, hash, spgist, or an extension's. */
  readonly method: string;
  /** Columns and expressions in their order, as `pg_get_indexdef(…, n, true)` prints them. */
  readonly keys: readonly IndexKey[];
  readonly included: readonly string[];
  readonly predicate: string | undefined;
  readonly isUnique: boolean;
  readonly isPrimary: boolean;
  readonly isValid: boolean;
  /** The constraint that it serves: such an index is never dropped. */
  readonly constraint: string | undefined;
  /** The index of the partitioned table that it is a part of. */
  readonly parent: RelationName | undefined;
  /** Empty where its table was locked, as are the predicate and keys that are expressions. */
  readonly definition: string;
  readonly pages: number;
  readonly rows: number;
  readonly bytes: number;
  readonly scans: number;
  readonly scannedAt: number | undefined;
}

export interface IndexKey {
  readonly text: string;
  readonly isExpression: boolean;
  /** Other than the type's own. */
  readonly operatorClass: string | undefined;
  readonly isDescending: boolean;
  readonly nullsFirst: boolean;
}

export interface Statement {
  readonly id: string;
  readonly sql: string;
  readonly calls: number;
  /** Execution time of all calls; undefined where it was not measured. */
  readonly totalMs: number | undefined;
  readonly rows: number | undefined;
  /** Its values are parameters, `$1` and on. */
  readonly normalized: boolean;
}

export interface Connections {
  readonly active: number;
  readonly idle: number;
  readonly idleInTransaction: number;
  readonly allowed: number;
}

/** Something that could not be read, and what would enable it. */
export interface Gap {
  readonly part: string;
  readonly why: string;
  readonly remedy: string;
}
