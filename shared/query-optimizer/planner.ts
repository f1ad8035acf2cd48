/**
 * Asks a real planner what a statement would cost if other indexes existed.
 *
 * Shape   propose(indexes) once, as often as new ones come up; then estimate(statement, the ones that are there)
 * Errors  what cannot be proposed or estimated is said in the answer, and the rest goes on; a planner that is gone throws
 *         PlannerGone
 * Cost    an estimate is one EXPLAIN, about a millisecond; callers keep what they know (what-if.ts)
 */

import type { RelationName, Statement } from './snapshot.ts';

/** An index that does not exist yet. Its identity is its definition: two equal ones are one. */
export interface IndexDefinition {
  readonly table: RelationName;
  readonly method: 'btree' | 'gin' | 'brin' | 'gist' | 'hash';
  readonly keys: readonly DefinedKey[];
  readonly included: readonly string[];
  /** SQL, without WHERE. */
  readonly predicate: string | undefined;
}

export interface DefinedKey {
  /** A column's name, or an expression as SQL. */
  readonly column: string | undefined;
  readonly expression: string | undefined;
  readonly operatorClass: string | undefined;
  readonly isDescending: boolean;
  /** @default first where it descends, last where not, as Postgres has it */
  readonly nulls?: 'first' | 'last' | undefined;
}

/** What stands for a definition between the caller and the planner: the text of its definition without a name. */
export type IndexId = string;

export interface Estimate {
  /** The planner's total cost; of a normalised statement, of its generic plan. */
  readonly cost: number;
  /** The proposed ones that the plan uses. */
  readonly used: readonly IndexId[];
  /** Existing ones that the plan uses, `schema.name`. */
  readonly usedExisting: readonly string[];
  /** That it expects of a call, where it is told. */
  readonly rows?: number | undefined;
  /** How the plan goes through indexes, where it is told. */
  readonly scans?: readonly IndexScan[] | undefined;
}

export interface IndexScan {
  /** A proposed one, or `schema.name` of an existing one. */
  readonly index: IndexId;
  readonly cost: number;
  /** What the relation is called in the condition. */
  readonly alias: string | undefined;
  /** As EXPLAIN words it. */
  readonly condition: string | undefined;
}

export type Estimated =
  | ({ readonly kind: 'estimated' } & Estimate)
  | { readonly kind: 'refused'; readonly why: string };

export type Proposed =
  | { readonly kind: 'ready'; readonly bytes: number }
  | { readonly kind: 'refused'; readonly why: string };

export interface Planner {
  readonly name: 'twin' | 'hypopg' | 'real';
  propose(indexes: readonly IndexDefinition[]): Promise<ReadonlyMap<IndexId, Proposed>>;
  /** With these proposed indexes and all existing ones but `without` (`schema.name`). */
  estimate(
    statement: Pick<Statement, 'sql' | 'normalized'>,
    indexes: readonly IndexId[],
    without?: readonly string[],
  ): Promise<Estimated>;
  close(): Promise<void>;
}

/** Of every planner: the connection or the engine is lost, and what was proposed with it. */
export class PlannerGone extends Error {
  readonly code = 'PLANNER_GONE';
  override readonly name = 'PlannerGone';
}
