/**
 * What the workload writes to each relation: rows by its own statements, and by the server's counters what no statement shows.
 *
 * What was loaded once is no write that comes again: inserted rows that no statement of the workload tells of count only
 * beyond those the relation still holds.
 *
 * Shape   (items, Snapshot) -> (relation -> TableWrites)
 * Units   rows, over the time that the calls of the workload cover
 */

import type { Relation, RelationName, Snapshot } from '../snapshot.ts';
import { nameOf } from '../sql/catalogue.ts';
import type { WorkloadItem } from '../workload/open-workload.ts';

export interface TableWrites {
  readonly inserted: number;
  readonly deleted: number;
  readonly updates: readonly UpdatedRows[];
  /** Share of updates that touched no index. */
  readonly hotRatio: number;
  readonly indexes: number;
}

interface UpdatedRows {
  readonly rows: number;
  /** Undefined where no statement tells. */
  readonly columns: readonly string[] | undefined;
}

export type WritesOf = (table: RelationName) => TableWrites;

export function countWrites(items: readonly WorkloadItem[], snapshot: Snapshot): WritesOf {
  const told = Map.groupBy(items.flatMap(writtenBy), ({ relation }) => nameOf(relation));
  const indexes = Map.groupBy(snapshot.indexes, ({ table }) => nameOf(table));
  const relations = new Map(snapshot.relations.map(relation => [nameOf(relation), relation]));
  const share = coveredShare(snapshot);
  return table => {
    const relation = relations.get(nameOf(table));
    const own = told.get(nameOf(table)) ?? [];
    return {
      ...(own.length > 0 ? byStatements(own) : byCounters(relation, share)),
      hotRatio: hotRatioOf(relation),
      indexes: indexes.get(nameOf(table))?.length ?? 0,
    };
  };
}

type Written = WorkloadItem['writes'][number] & { readonly rows: number };

function writtenBy({ writes, calls, rows }: WorkloadItem): readonly Written[] {
  return writes.map(write => ({ ...write, rows: Math.max(calls, rows ?? 0) }));
}

type Counted = Pick<TableWrites, 'inserted' | 'deleted' | 'updates'>;

function byStatements(written: readonly Written[]): Counted {
  const rowsOf = (kind: Written['kind']) =>
    written.filter(write => write.kind === kind).reduce((sum, { rows }) => sum + rows, 0);
  const updates = written
    .filter(({ kind }) => kind === 'update')
    .map(({ rows, columns }) => ({ rows, columns }));
  return { inserted: rowsOf('insert'), deleted: rowsOf('delete'), updates };
}

function byCounters(relation: Relation | undefined, share: number): Counted {
  if (!relation) return { inserted: 0, deleted: 0, updates: [] };
  const { inserts, updates, deletes } = relation.activity;
  return {
    inserted: Math.max(0, inserts - Math.max(0, relation.rows)) * share,
    deleted: deletes * share,
    updates: updates > 0 ? [{ rows: updates * share, columns: undefined }] : [],
  };
}

/** Statements and tables are counted from different days: the counters of tables are cut to the time of the statements. */
function coveredShare({ takenAt, statementsSince, countersSince }: Snapshot): number {
  if (statementsSince === undefined || countersSince === undefined || takenAt <= countersSince) return 1;
  return Math.min(1, Math.max(0, takenAt - statementsSince) / (takenAt - countersSince));
}

function hotRatioOf(relation: Relation | undefined): number {
  const { updates = 0, hotUpdates = 0 } = relation?.activity ?? {};
  return updates > 0 ? Math.min(1, hotUpdates / updates) : 0;
}
