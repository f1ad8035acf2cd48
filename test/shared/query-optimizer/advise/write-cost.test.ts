import { describe, expect, it } from 'vitest';
import type { TableWrites } from '../../../../shared/query-optimizer/advise/table-writes.ts';
import { writeCostOf } from '../../../../shared/query-optimizer/advise/write-cost.ts';
import { onColumn } from '../planned.ts';

const writes = (parts: Partial<TableWrites>): TableWrites => ({
  inserted: 0,
  deleted: 0,
  updates: [],
  hotRatio: 0,
  indexes: 3,
  ...parts,
});
const on = (column: string, parts = {}) => ({ ...onColumn(column), ...parts });

describe('what an index costs those who write', () => {
  it('is an entry for each row inserted, dearer in GIN, nearly nothing in BRIN', () => {
    const inserted = writes({ inserted: 1_000 });
    expect(writeCostOf(on('a'), inserted)).toEqual({ cost: 1_000, entries: 1_000, lostHotUpdates: 0 });
    expect(writeCostOf(on('a', { method: 'gin' }), inserted).cost).toBe(4_000);
    expect(writeCostOf(on('a', { method: 'brin' }), inserted).cost).toBe(20);
  });

  it('is little for rows deleted', () => {
    expect(writeCostOf(on('a'), writes({ deleted: 1_000 })).cost).toBe(250);
  });

  it('is nothing for HOT updates of other columns', () => {
    const updates = [{ rows: 1_000, columns: ['b'] }];
    expect(writeCostOf(on('a'), writes({ updates, hotRatio: 1 })).cost).toBe(0);
    expect(writeCostOf(on('a'), writes({ updates, hotRatio: 0.75 })).cost).toBe(250);
  });

  it('is an entry in every index of the table for each HOT update that it takes away', () => {
    const updates = [{ rows: 1_000, columns: ['a'] }];
    expect(writeCostOf(on('a'), writes({ updates, hotRatio: 0.5 }))).toEqual({
      cost: 1_000 + 500 * 3,
      entries: 1_000,
      lostHotUpdates: 500,
    });
    for (const parts of [{ included: ['a'] }, { predicate: 'a IS NULL' }])
      expect(writeCostOf(on('b', parts), writes({ updates, hotRatio: 1 })).lostHotUpdates).toBe(1_000);
    expect(writeCostOf(on('a', { method: 'brin' }), writes({ updates, hotRatio: 1 })).lostHotUpdates).toBe(0);
  });
});
