/**
 * A database in a few lines: rows with versions, transactions that hold the rows they wrote, and an outbox whose ids are given
 * when a row is written and whose rows are seen once their transaction has committed.
 */

import type { Change } from '../../../../shared/outbox/outbox-store.ts';

export const ROWS = [0, 1, 2, 3] as const;

/** By row. */
export type Versions = readonly number[];

export interface Transaction {
  readonly writes: Map<number, number>;
  readonly changes: OutboxRow[];
}

export interface OutboxRow extends Change {
  readonly row: number;
  readonly version: number;
}

export function createDatabase() {
  const committed: number[] = ROWS.map(() => 0);
  const outbox = new Map<string, OutboxRow>();
  const open: Transaction[] = [];
  let [lastVersion, lastId] = [0, 0];
  const close = (transaction: Transaction) => open.splice(open.indexOf(transaction), 1);
  return {
    open,
    committed: (): Versions => [...committed],
    begin: () => void open.push({ writes: new Map(), changes: [] }),
    /** A row that another transaction wrote and still holds is not written: it would wait. */
    write(transaction: Transaction, row: number): void {
      if (open.some(other => other !== transaction && other.writes.has(row))) return;
      lastVersion += 1;
      lastId += 1;
      transaction.writes.set(row, lastVersion);
      const tags = [`row-${row}`, `list-${row % 2}`];
      transaction.changes.push({ id: String(lastId), tags, at: 0, row, version: lastVersion });
    },
    commit(transaction: Transaction): void {
      close(transaction);
      for (const [row, version] of transaction.writes) committed[row] = version;
      for (const change of transaction.changes) outbox.set(change.id, change);
    },
    rollback: (transaction: Transaction) => void close(transaction),
    read: (most: number): OutboxRow[] =>
      [...outbox.values()].sort((a, b) => Number(a.id) - Number(b.id)).slice(0, most),
    forget(ids: readonly string[]): readonly OutboxRow[] {
      const found = ids.flatMap(id => outbox.get(id) ?? []);
      for (const id of ids) outbox.delete(id);
      return found;
    },
    waiting: () => outbox.size,
  };
}

export type ModelDatabase = ReturnType<typeof createDatabase>;
