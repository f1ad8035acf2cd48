/**
 * What advisors are measured on: a schema with primary keys only, data made from a seed, and the statements that are run.
 */

import type { Client } from 'pg';
import type { Statement } from '../../../shared/query-optimizer/snapshot.ts';

export type Value = string | number | null;

export interface TableRows {
  readonly table: string;
  readonly rows: Iterable<readonly Value[]>;
}

export interface Place {
  readonly url: string;
  readonly client: Client;
  /** 1 is the largest that is meant. */
  readonly scale: number;
  readonly seed: number;
}

export interface BenchWorkload {
  readonly name: string;
  /** Fills an empty database. */
  load(place: Place): Promise<void>;
  /** What advisors are shown. */
  statements(place: Place): Promise<readonly Statement[]> | readonly Statement[];
  /** What was really asked, which judges them, where that is known. @default what they were shown */
  asked?(place: Place): readonly Statement[];
}

/** A statement with its values in it. */
export function concrete(id: string, sql: string, calls = 1): Statement {
  return { id, sql, calls, totalMs: undefined, rows: undefined, normalized: false };
}

/** A statement as pg_stat_statements keeps it. */
export function normalized(id: string, sql: string, calls: number, rows?: number): Statement {
  return { id, sql, calls, totalMs: undefined, rows, normalized: true };
}
