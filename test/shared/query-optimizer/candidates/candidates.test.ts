import { beforeAll, describe, expect, it } from 'vitest';
import { createSqlParser } from '../../../../functions/adapters/sql-parser/libpg-query.ts';
import { findCandidates } from '../../../../shared/query-optimizer/candidates/candidates.ts';
import type { Snapshot } from '../../../../shared/query-optimizer/snapshot.ts';
import { createCatalogue } from '../../../../shared/query-optimizer/sql/catalogue.ts';
import type { SqlParser } from '../../../../shared/query-optimizer/sql/sql-parser.ts';
import { understand } from '../../../../shared/query-optimizer/sql/understand.ts';
import { index, key, relation, snapshotOf, statistics } from '../snapshots.ts';

const orders = relation(
  'orders',
  'id customer_id status:text total:numeric at:date paid:boolean data:jsonb tags:text[] words:tsvector note:text code:character(9)',
  { pages: 10_000 },
);
const base = snapshotOf({
  relations: [
    orders,
    relation('customers', 'id email:text'),
    relation('states', 'id name:text', { pages: 1 }),
  ],
  statistics: [
    statistics('orders', 'status', { distinct: 5 }),
    statistics('orders', 'customer_id', { distinct: 5_000 }),
    statistics('orders', 'at', { distinct: 700, correlation: 0.98 }),
    statistics('orders', 'note', { averageWidth: 900 }),
    statistics('orders', 'total', { distinct: -0.5 }),
  ],
});

describe('candidates', () => {
  let parser: SqlParser;
  beforeAll(async () => {
    parser = await createSqlParser();
  });

  function candidates(sqls: string | readonly string[], snapshot: Snapshot = base): readonly string[] {
    const catalogue = createCatalogue(snapshot, parser);
    const accesses = [sqls].flat().map(sql => {
      const read = understand(sql, { parser, catalogue });
      return read.kind === 'understood' ? read.accesses : [];
    });
    const found = findCandidates(accesses, {
      catalogue,
      server: snapshot.server,
      existing: snapshot.indexes,
    });
    return [...found.definitions.keys()].map(id => id.replace('"public".', '').replaceAll('"', ''));
  }
  const withServer = (parts: Partial<Snapshot['server']>): Snapshot => ({
    ...base,
    server: { ...base.server, ...parts },
  });

  it('put equality before range, few rows a value first', () => {
    const found = candidates('SELECT * FROM orders WHERE total > 4 AND status = $1 AND customer_id = $2');
    expect(found).toContain('orders USING btree (customer_id, status, total)');
    expect(found).not.toContain('orders USING btree (total, customer_id, status)');
  });

  it('put what sorts behind what is equal, with its directions where they are mixed', () => {
    const found = candidates('SELECT * FROM orders WHERE customer_id = $1 ORDER BY at DESC, id LIMIT 10');
    expect(found).toContain('orders USING btree (customer_id, at DESC, id)');
    const backwards = candidates('SELECT * FROM orders WHERE customer_id = $1 ORDER BY at DESC LIMIT 10');
    expect(backwards).toContain('orders USING btree (customer_id, at)');
    const nulls = candidates('SELECT * FROM orders ORDER BY at DESC NULLS LAST LIMIT 10');
    expect(nulls).toContain('orders USING btree (at DESC NULLS LAST)');
  });

  it('join from either side, filtered or not', () => {
    const found = candidates(
      'SELECT 1 FROM orders o JOIN customers c ON c.id = o.customer_id WHERE o.status = $1 AND c.email = $2',
    );
    for (const expected of [
      'orders USING btree (customer_id)',
      'orders USING btree (customer_id, status)',
      'orders USING btree (status, customer_id)',
      'customers USING btree (email, id)',
    ])
      expect(found).toContain(expected);
  });

  it('cover what is read beside, but no star and nothing wide', () => {
    expect(candidates('SELECT total, at FROM orders WHERE customer_id = $1')).toContain(
      'orders USING btree (customer_id) INCLUDE (at, total)',
    );
    expect(candidates('SELECT * FROM orders WHERE customer_id = $1').join()).not.toContain('INCLUDE');
    expect(candidates('SELECT note FROM orders WHERE customer_id = $1').join()).not.toContain('INCLUDE');
    expect(candidates('SELECT 1 FROM orders WHERE note = $1')).toEqual([]);
  });

  it('are partial where a condition comes again: without a constant, of few values, or in several statements', () => {
    const under = (where: string) => candidates(`SELECT * FROM orders WHERE customer_id = $1 AND ${where}`);
    expect(under('paid')).toContain('orders USING btree (customer_id) WHERE paid');
    expect(under('at IS NULL')).toContain('orders USING btree (customer_id) WHERE at IS NULL');
    expect(under("status = 'open'")).toContain("orders USING btree (customer_id) WHERE status = 'open'");
    expect(under('total = 17.5').join()).not.toContain('WHERE');
    expect(under('status = $2').join()).not.toContain('WHERE');
    const twice = candidates([
      'SELECT * FROM orders WHERE customer_id = $1 AND total > 100',
      'SELECT id FROM orders WHERE status = $1 AND total > 100',
    ]);
    expect(twice).toContain('orders USING btree (customer_id) WHERE total > 100');
  });

  it('have expressions as their keys', () => {
    expect(candidates('SELECT 1 FROM customers WHERE lower(email) = $1')).toContain(
      'customers USING btree ((lower(email)))',
    );
    expect(candidates("SELECT 1 FROM orders WHERE data ->> 'kind' = $1")).toContain(
      "orders USING btree ((data ->> 'kind'))",
    );
  });

  it('are GIN where a B-tree cannot search, by the operator’s own class', () => {
    expect(candidates(`SELECT 1 FROM orders WHERE data @> '{"a": 1}'`)).toEqual(
      expect.arrayContaining(['orders USING gin (data jsonb_path_ops)', 'orders USING gin (data jsonb_ops)']),
    );
    expect(candidates("SELECT 1 FROM orders WHERE data ? 'a'")).toEqual([
      'orders USING gin (data jsonb_ops)',
    ]);
    expect(candidates("SELECT 1 FROM orders WHERE tags @> ARRAY['a']")).toEqual(['orders USING gin (tags)']);
    expect(candidates('SELECT 1 FROM orders WHERE words @@ to_tsquery($1)')).toEqual([
      'orders USING gin (words)',
    ]);
    expect(candidates("SELECT 1 FROM orders WHERE to_tsvector('english', note) @@ to_tsquery($1)")).toEqual([
      "orders USING gin ((to_tsvector('english', note)))",
    ]);
  });

  it('are of trigrams where pg_trgm is there, and only there', () => {
    const sql = "SELECT 1 FROM customers WHERE email ILIKE '%x%'";
    expect(candidates(sql)).toEqual([]);
    const extensions = [{ name: 'pg_trgm', schema: 'tools', version: '1.6' }];
    expect(candidates(sql, withServer({ extensions }))).toEqual([
      'customers USING gin (email tools.gin_trgm_ops)',
    ]);
  });

  it('are BRIN where rows lie in the order of the column and the table is large', () => {
    expect(candidates("SELECT 1 FROM orders WHERE at > '2026-01-01'")).toContain('orders USING brin (at)');
    expect(candidates('SELECT 1 FROM orders WHERE total > 4').join()).not.toContain('brin');
    const small = { ...base, relations: [{ ...orders, pages: 500 }] };
    expect(candidates("SELECT 1 FROM orders WHERE at > '2026-01-01'", small).join()).not.toContain('brin');
  });

  it('have the operator class of patterns where a prefix is sought and the collation is not C', () => {
    const sql = "SELECT 1 FROM customers WHERE email LIKE 'a%'";
    expect(candidates(sql)).toContain('customers USING btree (email text_pattern_ops)');
    expect(candidates(sql, withServer({ collation: 'C' }))).toContain('customers USING btree (email)');
    expect(candidates("SELECT 1 FROM orders WHERE code LIKE 'a%'")).toContain(
      'orders USING btree (code bpchar_pattern_ops)',
    );
  });

  it('are none that an existing index serves already', () => {
    const sql = 'SELECT * FROM orders WHERE customer_id = $1';
    const having = (...indexes: Snapshot['indexes']) => candidates(sql, { ...base, indexes });
    expect(having(index('i', 'orders', 'customer_id at'))).toEqual([]);
    expect(having(index('i', 'orders', 'at customer_id'))).toEqual(['orders USING btree (customer_id)']);
    expect(having(index('i', 'orders', 'customer_id', { predicate: 'paid' }))).toHaveLength(1);
    expect(having(index('i', 'orders', 'customer_id', { isValid: false }))).toHaveLength(1);
    const lower = index('i', 'customers', [key('lower(email)')]);
    expect(
      candidates('SELECT 1 FROM customers WHERE lower(email) = $1', { ...base, indexes: [lower] }),
    ).not.toContain('customers USING btree ((lower(email)))');
  });

  it('are there beside an index that sorts nulls to the other end', () => {
    const sql = 'SELECT * FROM orders ORDER BY at DESC NULLS LAST LIMIT 10';
    const descending = { ...key('at'), isDescending: true };
    const having = (nullsFirst: boolean) =>
      candidates(sql, { ...base, indexes: [index('i', 'orders', [{ ...descending, nullsFirst }])] });
    expect(having(true)).toContain('orders USING btree (at DESC NULLS LAST)');
    expect(having(false)).toEqual([]);
  });

  it('are none on a table of a page, a foreign one, or of a type without an order', () => {
    expect(candidates('SELECT * FROM states WHERE name = $1')).toEqual([]);
    const foreign = { ...base, relations: [{ ...orders, kind: 'foreign' as const }] };
    expect(candidates('SELECT * FROM orders WHERE customer_id = $1', foreign)).toEqual([]);
    expect(candidates("SELECT * FROM orders WHERE data = '{}' AND tags = $1")).toEqual([]);
  });
});
