import { describe, expect, it } from 'vitest';
import { findUnused } from '../../../../shared/query-optimizer/findings/unused.ts';
import type { ExistingIndex } from '../../../../shared/query-optimizer/snapshot.ts';
import { DAY_MS, index, NOW, relation, snapshotOf } from '../snapshots.ts';

const idle = (parts: Partial<ExistingIndex> = {}) => index('idle', 'orders', 'status', parts);

function namesOf(indexes: readonly ExistingIndex[], { used = [] as string[], sinceDays = 30 } = {}) {
  const snapshot = snapshotOf({
    relations: [relation('orders', 'id status')],
    indexes,
    countersSince: NOW - sinceDays * DAY_MS,
  });
  const unused = findUnused(snapshot, new Set(used));
  return unused.kind === 'known' ? unused.indexes.map(({ name }) => name) : unused.kind;
}

describe('unused indexes', () => {
  it('are those that nobody read', () => {
    expect(namesOf([idle(), index('read', 'orders', 'id', { scans: 1 })])).toEqual(['idle']);
  });

  it.each<[string, Partial<ExistingIndex>]>([
    ['is unique', { isUnique: true }],
    ['is the primary key', { isUnique: true, isPrimary: true }],
    ['serves a constraint', { constraint: 'orders_status_excl' }],
    ['was read', { scans: 1 }],
    ['was read by what the counters no longer tell', { scannedAt: NOW - DAY_MS }],
    ['is not valid: it is being made', { isValid: false }],
    ['could not be read, so that no migration could bring it back', { definition: '' }],
    ['is a few pages', { bytes: 16_384 }],
  ])('never one that %s', (_, parts) => {
    expect(namesOf([idle(parts)])).toEqual([]);
  });

  it('never one that a plan of the workload uses', () => {
    expect(namesOf([idle()], { used: ['public.idle'] })).toEqual([]);
  });

  it('never on young statistics, or on statistics of unknown age', () => {
    expect(namesOf([idle()], { sinceDays: 13 })).toBe('too-young');
    expect(findUnused(snapshotOf({ indexes: [idle()], countersSince: undefined }), new Set())).toMatchObject({
      kind: 'too-young',
    });
  });

  it('are of a partitioned table the one above those of its partitions too, which alone can be dropped', () => {
    const parent = idle({ name: 'whole', bytes: 0 });
    const part = (name: string) => idle({ name, bytes: 40_000, parent: { schema: 'public', name: 'whole' } });
    expect(namesOf([parent, part('p1'), part('p2')])).toEqual(['p1', 'p2', 'whole']);
    expect(namesOf([parent, part('p1')])).toEqual([]);
  });

  it('never a partition’s whose family is read', () => {
    const parent = idle({ name: 'whole' });
    const part = (name: string, scans: number) =>
      idle({ name, scans, parent: { schema: 'public', name: 'whole' } });
    expect(namesOf([parent, part('p1', 0), part('p2', 4)])).toEqual([]);
    expect(namesOf([parent, part('p1', 0), part('p2', 0)]).length).toBe(3);
  });
});
