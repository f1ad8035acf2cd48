import { describe, expect, it } from 'vitest';
import { countWrites } from '../../../../shared/query-optimizer/advise/table-writes.ts';
import type { WrittenColumns } from '../../../../shared/query-optimizer/sql/access.ts';
import type { WorkloadItem } from '../../../../shared/query-optimizer/workload/open-workload.ts';
import { DAY_MS, index, NOW, relation, snapshotOf } from '../snapshots.ts';

const orders = (activity = {}) =>
  relation('orders', 'id status', { rows: 100, activity: { ...relation('x', 'id').activity, ...activity } });
const item = (
  kind: WrittenColumns['kind'],
  calls: number,
  parts: Partial<WorkloadItem> = {},
): WorkloadItem => ({
  statement: { id: kind, sql: '', normalized: true },
  sql: '',
  share: 1,
  fingerprint: kind,
  calls,
  totalMs: undefined,
  rows: undefined,
  accesses: [],
  before: { cost: 1, used: [], usedExisting: [] },
  writes: [{ relation: orders(), kind, columns: kind === 'update' ? ['status'] : [] }],
  ...parts,
});
const writes = (items: readonly WorkloadItem[], activity = {}) =>
  countWrites(
    items,
    snapshotOf({ relations: [orders(activity)], indexes: [index('i', 'orders', 'id')] }),
  )({
    schema: 'public',
    name: 'orders',
  });

describe('what is written to a relation', () => {
  it('is told by the workload’s own statements, by rows where they are known', () => {
    const items = [item('insert', 10, { rows: 500 }), item('update', 7), item('delete', 2)];
    expect(writes(items, { inserts: 9_999, updates: 100, hotUpdates: 25 })).toEqual({
      inserted: 500,
      deleted: 2,
      updates: [{ rows: 7, columns: ['status'] }],
      hotRatio: 0.25,
      indexes: 1,
    });
  });

  it('is not what was loaded once', () => {
    expect(writes([], { inserts: 100 })).toMatchObject({ inserted: 0 });
    expect(writes([], { inserts: 140, deletes: 40, updates: 8 })).toMatchObject({
      inserted: 40,
      deleted: 40,
      updates: [{ rows: 8, columns: undefined }],
    });
  });

  it('is cut to the time that the statements were counted for', () => {
    const snapshot = snapshotOf({
      relations: [orders({ deletes: 300 })],
      statementsSince: NOW - 10 * DAY_MS,
      countersSince: NOW - 30 * DAY_MS,
    });
    expect(countWrites([], snapshot)({ schema: 'public', name: 'orders' }).deleted).toBeCloseTo(100);
  });
});
