import { beforeAll, describe, expect, it } from 'vitest';
import { createSqlParser } from '../../../../functions/adapters/sql-parser/libpg-query.ts';
import type { Access, Filter } from '../../../../shared/query-optimizer/sql/access.ts';
import { createCatalogue } from '../../../../shared/query-optimizer/sql/catalogue.ts';
import type { SqlParser } from '../../../../shared/query-optimizer/sql/sql-parser.ts';
import { understand } from '../../../../shared/query-optimizer/sql/understand.ts';
import { relation, snapshotOf } from '../snapshots.ts';

const snapshot = snapshotOf({
  relations: [
    relation(
      'orders',
      'id customer_id status:text total:numeric created_at:timestamp~without~time~zone at:timestamp~with~time~zone paid:boolean data:jsonb tags:text[] words:tsvector',
    ),
    relation('customers', 'customer_id email:text name:text code:character~varying(9)'),
    relation('Größe', 'id "A":text'.replace('"A"', 'A')),
    relation('orders', 'id note:text', { schema: 'archive' }),
    relation('logs', 'id line:text', { schema: 'audit' }),
  ],
  views: [
    {
      schema: 'public',
      name: 'paid_orders',
      definition:
        'SELECT o.id AS order_id, c.email FROM orders o JOIN customers c USING (customer_id) WHERE o.paid',
    },
    { schema: 'public', name: 'circle', definition: 'SELECT * FROM circle' },
  ],
});

describe('what a statement asks of each relation', () => {
  let parser: SqlParser;
  beforeAll(async () => {
    parser = await createSqlParser();
  });

  const read = (sql: string) => {
    const read = understand(sql, { parser, catalogue: createCatalogue(snapshot, parser) });
    if (read.kind !== 'understood') throw new Error(`${sql}: ${read.kind}`);
    return read;
  };
  const accessOf = (sql: string, name: string): Access => {
    const access = read(sql).accesses.find(({ relation: of }) => of.name === name);
    if (!access) throw new Error(`${name} is not read by ${sql}`);
    return access;
  };
  const words = ({ key, comparison }: Filter) => `${key.column ?? key.expression} ${comparison}`;
  const filters = (sql: string, name = 'orders') => accessOf(sql, name).filters.map(words);

  it.each([
    ['status = $1', 'status equality'],
    ["'open' = status", 'status equality'],
    ["status IN ('a', 'b')", 'status in'],
    ['status = ANY ($1)', 'status in'],
    ['total BETWEEN 1 AND 2', 'total range'],
    ['5 < total', 'total range'],
    ["status LIKE 'op%'", 'status prefix'],
    ["status LIKE '%en'", 'status pattern'],
    ['status LIKE $1', 'status pattern'],
    ["status ILIKE 'op%'", 'status pattern'],
    ["status ~ 'op'", 'status pattern'],
    ['status IS NULL', 'status null'],
    ['status IS NOT NULL', 'status not-null'],
    ['paid', 'paid equality'],
    ['NOT paid', 'paid equality'],
    ['paid IS TRUE', 'paid equality'],
    [`data @> '{"a": 1}'`, 'data containment'],
    ["data ? 'a'", 'data containment'],
    ["tags && ARRAY['a']", 'tags containment'],
    ["words @@ to_tsquery('a')", 'words text-search'],
    ["data ->> 'kind' = 'a'", "data ->> 'kind' equality"],
    ['lower(status) = $1', 'lower(status) equality'],
    ["date_trunc('day', created_at) = $1", "date_trunc('day', created_at) equality"],
    ['total = (SELECT max(total) FROM orders)', 'total equality'],
  ])('tells by what kind of condition %s', (condition, expected) => {
    expect(filters(`SELECT id FROM orders WHERE ${condition}`)).toEqual([expected]);
  });

  it.each([
    'status <> $1',
    "status NOT LIKE 'a%'",
    'total = id',
    "date_trunc('day', at) = $1",
    'random() < 0.5',
    'now() > $1',
    "status NOT IN ('a')",
    '$1 = ANY (tags)',
  ])('finds no key where no index could answer: %s', condition => {
    expect(filters(`SELECT id FROM orders WHERE ${condition}`)).toEqual([]);
  });

  it('sees through a cast that changes nothing', () => {
    expect(filters("SELECT 1 FROM customers WHERE code::text = 'a'", 'customers')).toEqual(['code equality']);
  });

  it('knows joins by ON, USING, NATURAL, WHERE and IN', () => {
    for (const sql of [
      'SELECT 1 FROM orders o JOIN customers c ON o.customer_id = c.customer_id',
      'SELECT 1 FROM orders JOIN customers USING (customer_id)',
      'SELECT 1 FROM orders NATURAL JOIN customers',
      'SELECT 1 FROM orders o, customers c WHERE o.customer_id = c.customer_id',
      'SELECT 1 FROM orders WHERE customer_id IN (SELECT customer_id FROM customers)',
    ]) {
      expect(filters(sql), sql).toEqual(['customer_id join']);
      expect(filters(sql, 'customers'), sql).toEqual(['customer_id join']);
    }
  });

  it('knows which relation an unqualified column belongs to', () => {
    const sql = 'SELECT 1 FROM orders o JOIN customers c USING (customer_id) WHERE email = $1 AND total > 3';
    expect(filters(sql)).toEqual(['customer_id join', 'total range']);
    expect(filters(sql, 'customers')).toEqual(['customer_id join', 'email equality']);
  });

  it('resolves names by alias, schema and search path, quoted and beyond ASCII', () => {
    expect(accessOf('SELECT 1 FROM archive.orders o WHERE o.note = $1', 'orders').relation.schema).toBe(
      'archive',
    );
    expect(accessOf('SELECT 1 FROM orders', 'orders').relation.schema).toBe('public');
    expect(accessOf('SELECT 1 FROM logs', 'logs').relation.schema).toBe('audit');
    expect(filters('SELECT 1 FROM "Größe" "x y" WHERE "x y"."A" = $1', 'Größe')).toEqual(['A equality']);
    expect(filters('SELECT 1 FROM orders AS o (nr, who) WHERE who = 3')).toEqual(['customer_id equality']);
  });

  it('carries a condition on a subquery, a CTE or a UNION to the relations below', () => {
    expect(filters('SELECT * FROM (SELECT id, total FROM orders) t WHERE t.total > 4')).toEqual([
      'total range',
    ]);
    expect(
      filters(
        'WITH t AS (SELECT customer_id FROM orders) SELECT * FROM t JOIN customers c ON c.customer_id = t.customer_id',
      ),
    ).toEqual(['customer_id join']);
    const both = read(
      'SELECT * FROM (SELECT id FROM orders UNION ALL SELECT id FROM archive.orders) t WHERE id = 3',
    );
    expect(both.accesses.map(access => access.filters.map(words))).toEqual([
      ['id equality'],
      ['id equality'],
    ]);
  });

  it('takes the name of a CTE within itself for the relation, but where it is recursive', () => {
    const shadowing = 'WITH orders AS (SELECT id FROM orders WHERE status = $1) SELECT * FROM orders';
    expect(filters(shadowing)).toEqual(['status equality']);
    const recursive =
      'WITH RECURSIVE logs AS (SELECT id FROM orders UNION SELECT l.id FROM logs l WHERE l.line = $1) SELECT * FROM logs';
    expect(read(recursive).accesses.map(({ relation: of }) => of.name)).toEqual(['orders']);
  });

  it('leaves a materialised CTE closed', () => {
    const sql = 'WITH t AS MATERIALIZED (SELECT id FROM orders) SELECT * FROM t WHERE id = 3';
    expect(filters(sql)).toEqual([]);
  });

  it('knows a correlated subquery by both its sides', () => {
    const sql =
      'SELECT 1 FROM customers c WHERE EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.customer_id)';
    expect(filters(sql)).toEqual(['customer_id join']);
    expect(filters(sql, 'customers')).toEqual(['customer_id join']);
  });

  it('reads a view as what it stands for, and ends where one claims to contain itself', () => {
    const sql = 'SELECT * FROM paid_orders WHERE email = $1';
    expect(filters(sql)).toEqual(['customer_id join', 'paid equality']);
    expect(filters(sql, 'customers')).toEqual(['customer_id join', 'email equality']);
    expect(read('SELECT * FROM circle').unknown).toEqual(['circle']);
  });

  it('takes an OR apart, and what all its arms share holds for the whole', () => {
    const { filters: shared, arms } = accessOf(
      "SELECT 1 FROM orders WHERE (status = 'a' AND id = 1) OR (status = 'b' AND total > 3)",
      'orders',
    );
    expect(shared.map(words)).toEqual(['status equality']);
    expect(arms.map(arm => arm.map(words))).toEqual([
      ['status equality', 'id equality'],
      ['status equality', 'total range'],
    ]);
  });

  it('knows order and group where one relation decides them, by name, number and expression', () => {
    const { order, isLimited } = accessOf(
      'SELECT id, created_at AS born FROM orders ORDER BY born DESC, 1 LIMIT 10',
      'orders',
    );
    expect(order).toEqual([
      { key: { column: 'created_at' }, isDescending: true, nullsFirst: true },
      { key: { column: 'id' }, isDescending: false, nullsFirst: false },
    ]);
    expect(isLimited).toBe(true);
    expect(accessOf('SELECT status, count(*) FROM orders GROUP BY 1', 'orders').group).toEqual([
      { column: 'status' },
    ]);
    const two = 'SELECT 1 FROM orders o JOIN customers c USING (customer_id) ORDER BY o.id, c.email';
    expect(accessOf(two, 'orders').order).toEqual([]);
    expect(accessOf('SELECT max(total) FROM orders', 'orders')).toMatchObject({ isLimited: true });
  });

  it('knows every column that is read, a star as all of them', () => {
    expect(
      accessOf('SELECT id FROM orders WHERE total > 3 ORDER BY at', 'orders').columns.toSorted(),
    ).toEqual(['at', 'id', 'total']);
    expect(
      accessOf('SELECT o.* FROM orders o JOIN customers c USING (customer_id)', 'orders').columns,
    ).toHaveLength(10);
    expect(accessOf('SELECT o FROM orders o', 'orders').columns).toHaveLength(10);
  });

  it('keeps conditions without parameters in the relation’s own words', () => {
    const { conditions } = accessOf(
      "SELECT 1 FROM orders o WHERE o.paid IS NULL AND o.status = 'open' AND o.total > $1 AND o.id < o.customer_id AND o.at > now()",
      'orders',
    );
    expect(conditions).toEqual([
      { sql: 'paid IS NULL', columns: ['paid'], kind: 'null' },
      { sql: "status = 'open'", columns: ['status'], kind: 'equality' },
      { sql: 'id < customer_id', columns: ['id', 'customer_id'], kind: 'columns' },
    ]);
  });

  it('knows what is written, and finds its rows as a SELECT would', () => {
    const update = read("UPDATE orders SET status = 'x', total = 0 WHERE id = $1");
    expect(update.writes).toMatchObject([{ kind: 'update', columns: ['status', 'total'] }]);
    expect(update.accesses[0]?.filters.map(words)).toEqual(['id equality']);
    expect(read('DELETE FROM orders WHERE customer_id = $1').writes).toMatchObject([{ kind: 'delete' }]);
    const insert = read('INSERT INTO orders (id) SELECT customer_id FROM customers WHERE email = $1');
    expect(insert.writes).toMatchObject([{ kind: 'insert' }]);
    expect(insert.accesses.map(({ relation: of }) => of.name)).toEqual(['customers']);
  });

  it('knows a MERGE by its join, and every branch of it as a write', () => {
    const merge = read(
      `MERGE INTO orders o USING customers c ON o.customer_id = c.customer_id
        WHEN MATCHED AND c.email = $1 THEN DELETE
        WHEN MATCHED THEN UPDATE SET status = c.name
        WHEN NOT MATCHED THEN INSERT (id) VALUES (c.customer_id)`,
    );
    expect(merge.writes.map(({ kind, columns }) => [kind, columns])).toEqual([
      ['delete', []],
      ['update', ['status']],
      ['insert', []],
    ]);
    expect(merge.accesses.map(access => access.filters.map(words))).toEqual([
      ['customer_id join'],
      ['customer_id join'],
    ]);
    expect(merge.accesses[1]?.columns.toSorted()).toEqual(['customer_id', 'email', 'name']);
  });

  it.each(['BEGIN', 'SET work_mem = 1', 'CREATE TABLE a (b int)', 'VACUUM orders', 'SELECT 1; SELECT 2'])(
    'says that %s is none to be judged',
    sql => {
      expect(understand(sql, { parser, catalogue: createCatalogue(snapshot, parser) })).toEqual({
        kind: 'utility',
      });
    },
  );

  it.each([
    ['SELECT FROM WHERE', false],
    ['', false],
    ['SELECT * FROM orders WHERE status = ', true],
    ["SELECT * FROM orders WHERE status = 'op", true],
    ['SELECT * FROM orders /* begun', true],
  ])('says that it is no SQL, and whether it was cut: %s', (sql, isCut) => {
    expect(understand(sql, { parser, catalogue: createCatalogue(snapshot, parser) })).toMatchObject({
      kind: 'invalid',
      isCut,
    });
  });

  it('counts a relation that the snapshot lacks as unknown, and goes on', () => {
    expect(read('SELECT 1 FROM nowhere n JOIN orders o ON o.id = n.id').unknown).toEqual(['nowhere']);
  });
});
