import { describe, expect, it } from 'vitest';
import { findUnindexedForeignKeys } from '../../../../shared/query-optimizer/findings/foreign-keys.ts';
import { indexIdOf } from '../../../../shared/query-optimizer/index-sql.ts';
import type { Constraint, ExistingIndex, Relation } from '../../../../shared/query-optimizer/snapshot.ts';
import { index, relation, snapshotOf } from '../snapshots.ts';

const name = (of: string) => ({ schema: 'public', name: of });
const activity = { ...relation('x', 'id').activity, deletes: 40 };
const customers = relation('customers', 'id region', { activity });
const orders = relation('orders', 'id customer_id region');

const toCustomers = (columns = ['customer_id']): Constraint => ({
  table: name('orders'),
  name: 'orders_customer_fkey',
  kind: 'foreign',
  columns,
  references: {
    table: name('customers'),
    columns: ['id', 'region'].slice(0, columns.length),
    onDelete: 'NO ACTION',
  },
  definition: '',
});

interface Given {
  readonly relations?: readonly Relation[];
  readonly indexes?: readonly ExistingIndex[];
  readonly constraint?: Constraint;
}

const found = ({ relations = [customers, orders], indexes = [], constraint = toCustomers() }: Given = {}) =>
  findUnindexedForeignKeys(snapshotOf({ relations, indexes, constraints: [constraint] }), []);

describe('foreign keys without an index', () => {
  it('are told where rows they point to are deleted, with the index that they lack', () => {
    const [finding] = found();
    expect(finding).toMatchObject({ deletes: 40, pages: 1_000 });
    expect(finding && indexIdOf(finding.index)).toBe('"public"."orders" USING btree ("customer_id")');
  });

  it.each<[string, Given]>([
    ['nothing is deleted', { relations: [relation('customers', 'id region'), orders] }],
    ['the table is small', { relations: [customers, { ...orders, pages: 10 }] }],
    ['an index begins with them', { indexes: [index('i', 'orders', 'customer_id region')] }],
    [
      'an index begins with them in another order',
      {
        constraint: toCustomers(['customer_id', 'region']),
        indexes: [index('i', 'orders', 'region customer_id')],
      },
    ],
    [
      'a hash index has the one column',
      { indexes: [index('i', 'orders', 'customer_id', { method: 'hash' })] },
    ],
    [
      'an index leaves out only rows that point nowhere',
      { indexes: [index('i', 'orders', 'customer_id', { predicate: '(customer_id IS NOT NULL)' })] },
    ],
    [
      'it is another kind of constraint',
      { constraint: { ...toCustomers(), kind: 'check', references: undefined } },
    ],
  ])('are not told where %s', (_, given) => {
    expect(found(given)).toEqual([]);
  });

  it.each<[string, ExistingIndex]>([
    ['has the columns, but not first', index('i', 'orders', 'id customer_id')],
    ['is partial', index('i', 'orders', 'customer_id', { predicate: 'region = 3' })],
    ['is not valid', index('i', 'orders', 'customer_id', { isValid: false })],
    ['is a GIN', index('i', 'orders', 'customer_id', { method: 'gin' })],
  ])('are told though an index %s', (_, existing) => {
    expect(found({ indexes: [existing] })).toHaveLength(1);
  });

  it('are not told where the index is proposed already', () => {
    const proposed = found().map(finding => finding.index);
    const snapshot = snapshotOf({ relations: [customers, orders], constraints: [toCustomers()] });
    expect(findUnindexedForeignKeys(snapshot, proposed)).toEqual([]);
  });

  it('are not told where an index on several columns leaves out only rows in which one of them is null', () => {
    const constraint = toCustomers(['customer_id', 'region']);
    const partial = (predicate: string) => [index('i', 'orders', 'customer_id region', { predicate })];
    const both = '((customer_id IS NOT NULL) AND (region IS NOT NULL))';
    expect(found({ constraint, indexes: partial(both) })).toEqual([]);
    expect(found({ constraint, indexes: partial('(region IS NOT NULL)') })).toEqual([]);
    expect(found({ constraint, indexes: partial('((region IS NOT NULL) AND paid)') })).toHaveLength(1);
  });
});

describe('foreign keys of and to partitioned tables', () => {
  const parent = (of: string, parts: Partial<Relation> = {}) =>
    relation(of, 'id customer_id', {
      kind: 'partitioned',
      pages: 0,
      partition: { key: 'RANGE (id)', bound: undefined },
      ...parts,
    });
  const part = (of: string, whole: string, parts: Partial<Relation> = {}) =>
    relation(of, 'id customer_id', {
      parents: [name(whole)],
      partition: { key: undefined, bound: 'FOR VALUES …' },
      ...parts,
    });
  const split = [parent('orders'), part('p1', 'orders'), part('p2', 'orders')];

  it('are told once, with the pages of all partitions', () => {
    const constraints = [toCustomers(), { ...toCustomers(), table: name('p1') }];
    const snapshot = snapshotOf({ relations: [customers, ...split], constraints });
    expect(findUnindexedForeignKeys(snapshot, [])).toMatchObject([
      { pages: 2_000, constraint: { table: name('orders') } },
    ]);
  });

  it('are told with the pages of partitions that are split again', () => {
    const half = parent('p2', {
      parents: [name('orders')],
      partition: { key: 'RANGE (id)', bound: 'FOR VALUES …' },
    });
    const relations = [customers, ...split.slice(0, 2), half, part('p21', 'p2'), part('p22', 'p2')];
    expect(found({ relations })).toMatchObject([{ pages: 3_000 }]);
  });

  it('are told where rows of partitions are deleted that they point to', () => {
    const busy = part('c1', 'customers', { activity });
    expect(found({ relations: [parent('customers'), busy, orders] })).toMatchObject([{ deletes: 40 }]);
  });

  it('are not told where each partition has an index of its own, or all together are small', () => {
    const relations = [customers, ...split];
    const own = (table: string) => index(`${table}_customer`, table, 'customer_id');
    expect(found({ relations, indexes: [own('p1'), own('p2')] })).toEqual([]);
    expect(found({ relations, indexes: [own('p1')] })).toHaveLength(1);
    const small = split.map(each => ({ ...each, pages: 0 }));
    expect(found({ relations: [customers, ...small] })).toEqual([]);
  });
});
