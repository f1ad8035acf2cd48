/** How a statement reaches one relation: what an index could answer of it. */

import type { Relation } from '../snapshot.ts';

/** A column, or an expression over columns of one relation as SQL. */
export type Key =
  | { readonly column: string; readonly expression?: undefined }
  | { readonly column?: undefined; readonly expression: string };

export type Comparison =
  | 'equality'
  | 'in'
  | 'range'
  | 'join'
  | 'prefix'
  | 'pattern'
  | 'containment'
  | 'text-search'
  | 'null'
  | 'not-null';

export interface Filter {
  readonly key: Key;
  readonly comparison: Comparison;
  readonly operator: string;
  /** Of an access to a key within a document, whether it is compared as a whole document. */
  readonly number?: number | undefined;
}

export interface SortKey {
  readonly key: Key;
  readonly isDescending: boolean;
  readonly nullsFirst: boolean;
}

/** A condition without parameters on columns of this relation alone: what a partial index may promise. */
export interface Condition {
  readonly sql: string;
  readonly columns: readonly string[];
  readonly kind: 'null' | 'boolean' | 'columns' | 'equality' | 'other';
}

export interface Access {
  readonly relation: Relation;
  /** Hold together. */
  readonly filters: readonly Filter[];
  /** Of an OR on this relation, one list an arm. */
  readonly arms: readonly (readonly Filter[])[];
  readonly conditions: readonly Condition[];
  /** What the result is sorted by, where this relation alone decides it. */
  readonly order: readonly SortKey[];
  readonly group: readonly Key[];
  readonly isLimited: boolean;
  /** Every column that the statement reads of it. */
  readonly columns: readonly string[];
}

export interface WrittenColumns {
  readonly relation: Relation;
  readonly kind: 'insert' | 'update' | 'delete';
  /** What an update sets. */
  readonly columns: readonly string[];
}
