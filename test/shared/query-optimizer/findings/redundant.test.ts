import { describe, expect, it } from 'vitest';
import { findRedundant } from '../../../../shared/query-optimizer/findings/redundant.ts';
import type { ExistingIndex } from '../../../../shared/query-optimizer/snapshot.ts';
import { index, key } from '../snapshots.ts';

const short = (parts: Partial<ExistingIndex> = {}) => index('short', 'orders', 'status', parts);
const long = (parts: Partial<ExistingIndex> = {}) => index('long', 'orders', 'status customer_id', parts);

const found = (...indexes: readonly ExistingIndex[]) =>
  findRedundant(indexes).map(({ index: { name }, by, kind }) => `${name} ${kind} ${by.name}`);

describe('redundant indexes', () => {
  it('are the first keys of a longer one', () => {
    expect(found(short(), long())).toEqual(['short prefix long']);
    expect(found(index('other', 'orders', 'customer_id'), long())).toEqual([]);
    expect(found(index('elsewhere', 'customers', 'status'), long())).toEqual([]);
  });

  it('are one of two that are equal, and never both', () => {
    expect(found(short({ scans: 9 }), short({ name: 'twin' }))).toEqual(['twin duplicate short']);
    const three = found(short(), short({ name: 'b' }), short({ name: 'c' }));
    expect(three).toHaveLength(2);
  });

  it('are what a unique one of the same keys does too, never the unique one', () => {
    const unique = short({ name: 'key', isUnique: true, constraint: 'key' });
    expect(found(unique, short())).toEqual(['short duplicate key']);
    expect(found(unique, long())).toEqual([]);
    expect(found(short({ isUnique: true }), long())).toEqual([]);
  });

  it.each<[string, ExistingIndex, ExistingIndex]>([
    ['the longer one is partial', short(), long({ predicate: 'paid' })],
    ['the shorter one is partial, and so smaller', short({ predicate: 'paid' }), long()],
    ['predicates differ', short({ predicate: 'paid' }), long({ predicate: 'NOT paid' })],
    [
      'operator classes differ',
      index('short', 'orders', [key('status', { operatorClass: 'text_pattern_ops' })]),
      long(),
    ],
    [
      'directions differ within',
      index('short', 'orders', [key('status'), key('at', { isDescending: true, nullsFirst: true })]),
      index('long', 'orders', 'status at id'),
    ],
    ['nulls stand elsewhere', index('short', 'orders', [key('status', { nullsFirst: true })]), long()],
    ['it includes a column that the other lacks', short({ included: ['total'] }), long()],
    ['the longer one is not valid', short(), long({ isValid: false })],
    ['methods differ', short({ method: 'hash' }), long()],
    ['one GIN has more keys', short({ method: 'gin' }), long({ method: 'gin' })],
    [
      'collations may differ',
      short({ definition: 'CREATE INDEX short ON orders (status COLLATE "C")' }),
      long(),
    ],
    [
      'somebody gave it storage parameters',
      short({ definition: 'CREATE INDEX short ON orders (status) WITH (fillfactor=70)' }),
      long(),
    ],
    ['it is part of a partitioned one', short({ parent: { schema: 'public', name: 'whole' } }), long()],
  ])('never where %s', (_, left, right) => {
    expect(found(left, right)).toEqual([]);
  });

  it('are equal when all directions are turned: an index can be read backwards', () => {
    const turned = index('turned', 'orders', [
      key('status', { isDescending: true, nullsFirst: true }),
      key('customer_id', { isDescending: true, nullsFirst: true }),
    ]);
    expect(found(short(), turned)).toEqual(['short prefix turned']);
  });

  it('are what a longer one holds among its included columns', () => {
    expect(found(short({ included: ['customer_id'] }), long())).toEqual(['short prefix long']);
    expect(found(short({ predicate: 'paid' }), long({ predicate: 'paid' }))).toEqual(['short prefix long']);
  });
});
