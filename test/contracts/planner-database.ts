/**
 * A small database with every kind of thing that a planner may meet, indexes that it has not, and statements that would use them.
 */
import { Client } from 'pg';
import type { DefinedKey, IndexDefinition } from '../../shared/query-optimizer/planner.ts';

export const SCHEMA = `
  CREATE EXTENSION IF NOT EXISTS pg_trgm;
  CREATE SCHEMA "Überall";
  CREATE TYPE "Überall"."État" AS ENUM ('neuf', 'd''occasion');
  CREATE DOMAIN mail AS text NOT NULL CHECK (VALUE ~ '@');
  CREATE COLLATION german (PROVIDER = icu, LOCALE = 'de-DE');
  CREATE FUNCTION plain(t text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT lower(t) $$;
  CREATE TABLE customer (
    id int PRIMARY KEY, mail mail, name text COLLATE german, state "Überall"."État", tags text[], doc jsonb,
    created timestamptz, total numeric(10, 2), twice numeric GENERATED ALWAYS AS (total * 2) STORED,
    note text CHECK (plain(note) <> 'never'));
  INSERT INTO customer (id, mail, name, state, tags, doc, created, total, note) SELECT n, 'u' || n || '@x.de', 'name ' || n % 500,
    (CASE WHEN n % 3 = 0 THEN 'neuf' ELSE 'd''occasion' END)::"Überall"."État", ARRAY['t' || n % 20, 'u' || n % 7],
    jsonb_build_object('k', n % 100, 'v', n), '2024-01-01'::timestamptz + n * interval '1 minute', n % 1000,
    'a note of ' || md5((n % 900)::text) FROM generate_series(1, 20000) n;
  CREATE INDEX plain_name ON customer (plain(name));
  CREATE INDEX tagged ON customer USING gin (tags);
  CREATE UNIQUE INDEX lone ON customer (mail);
  CREATE TABLE "Order ""x""" (id bigint, customer int REFERENCES customer (id) ON DELETE CASCADE, day date,
    PRIMARY KEY (id, day)) PARTITION BY RANGE (day);
  CREATE TABLE o1 PARTITION OF "Order ""x""" FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
  CREATE TABLE o2 PARTITION OF "Order ""x""" FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
  INSERT INTO "Order ""x""" SELECT n, n % 20000 + 1, '2024-01-01'::date + n % 700 FROM generate_series(1, 30000) n;
  CREATE TABLE "Überall"."Größe" ("Maß" int, "select" text, CHECK ("Maß" >= 0));
  INSERT INTO "Überall"."Größe" SELECT n % 2000, repeat('x', hashint4(n) & 31) FROM generate_series(1, 20000) n;
  CREATE TABLE base (id int, kind text);
  CREATE TABLE derived (extra int) INHERITS (base);
  INSERT INTO base SELECT n, 'k' || n % 10 FROM generate_series(1, 5000) n;
  INSERT INTO derived SELECT n, 'k' || n % 10, n % 100 FROM generate_series(1, 5000) n;
  CREATE STATISTICS together (ndistinct, dependencies) ON state, tags FROM customer;
  CREATE STATISTICS pair (ndistinct, dependencies) ON id, extra FROM derived;
  CREATE VIEW fresh AS SELECT id, mail FROM customer WHERE state = 'neuf';
  CREATE SEQUENCE counter;
`;

export async function createDatabase(url: string): Promise<Client> {
  const client = new Client({ connectionString: url }).on('error', () => {});
  await client.connect();
  await client.query(SCHEMA);
  await client.query('VACUUM ANALYZE');
  return client;
}

type Key = string | Partial<DefinedKey>;

/** An index on a table of `public`, or of the schema that is named. */
export const onTable = (
  table: string,
  keys: readonly Key[],
  rest: Partial<IndexDefinition> & { readonly schema?: string } = {},
): IndexDefinition => {
  const { schema = 'public', ...given } = rest;
  return {
    table: { schema, name: table },
    method: 'btree',
    keys: keys.map(key => ({
      column: typeof key === 'string' ? key : undefined,
      expression: undefined,
      operatorClass: undefined,
      isDescending: false,
      ...(typeof key === 'string' ? {} : key),
    })),
    included: [],
    predicate: undefined,
    ...given,
  };
};

export const CANDIDATES = {
  single: onTable('customer', ['total']),
  several: onTable('customer', ['state', 'created']),
  covering: onTable('customer', ['created'], { included: ['total'] }),
  descending: onTable('customer', [{ column: 'created', isDescending: true, nulls: 'last' }]),
  partial: onTable('customer', ['total'], { predicate: "state = 'neuf'" }),
  expression: onTable('customer', [{ expression: 'upper(mail)' }]),
  generated: onTable('customer', ['twice']),
  collated: onTable('customer', ['name']),
  repeated: onTable('customer', ['note']),
  trigrams: onTable('customer', [{ column: 'mail', operatorClass: 'gin_trgm_ops' }], { method: 'gin' }),
  json: onTable('customer', ['doc'], { method: 'gin' }),
  jsonPaths: onTable('customer', [{ column: 'doc', operatorClass: 'jsonb_path_ops' }], { method: 'gin' }),
  documents: onTable('customer', [{ expression: "to_tsvector('english', note)" }], { method: 'gin' }),
  ranges: onTable('customer', ['id', 'created'], { method: 'brin' }),
  hashed: onTable('customer', ['note'], { method: 'hash' }),
  partitioned: onTable('Order "x"', ['customer']),
  partition: onTable('o1', ['day', 'customer']),
  quoted: onTable('Größe', ['Maß', 'select'], { schema: 'Überall' }),
  inherited: onTable('derived', ['extra']),
} as const satisfies Readonly<Record<string, IndexDefinition>>;

/** Each beside the candidate that is made for it. */
export const STATEMENTS: readonly (readonly [sql: string, candidate: keyof typeof CANDIDATES])[] = [
  ['SELECT * FROM customer WHERE total = 5', 'single'],
  ['SELECT * FROM customer WHERE total = $1 AND created > $2', 'single'],
  ["SELECT * FROM customer WHERE state = 'neuf' AND created > '2024-01-14 00:00Z'", 'several'],
  ["SELECT sum(total) FROM customer WHERE created < '2024-01-03 00:00Z'", 'covering'],
  ['SELECT * FROM customer ORDER BY created DESC NULLS LAST LIMIT 10', 'descending'],
  ["SELECT * FROM customer WHERE total > 990 AND state = 'neuf'", 'partial'],
  ["SELECT * FROM customer WHERE upper(mail) = 'U77@X.DE'", 'expression'],
  ['SELECT * FROM customer WHERE twice = $1', 'generated'],
  ['SELECT * FROM customer ORDER BY name LIMIT 10', 'collated'],
  ['SELECT note, count(*) FROM customer GROUP BY note', 'repeated'],
  ["SELECT * FROM customer WHERE mail LIKE '%123%'", 'trigrams'],
  [`SELECT * FROM customer WHERE doc @> '{"k": 3}'`, 'json'],
  [`SELECT * FROM customer WHERE doc @> '{"v": 77}'`, 'jsonPaths'],
  ["SELECT * FROM customer WHERE to_tsvector('english', note) @@ to_tsquery('nothing')", 'documents'],
  ["SELECT * FROM customer WHERE created < '2024-01-01 05:00Z'", 'ranges'],
  ["SELECT * FROM customer WHERE note = 'a note'", 'hashed'],
  ['SELECT * FROM "Order ""x""" WHERE customer = $1', 'partitioned'],
  [
    'SELECT count(*) FROM "Order ""x""" o JOIN customer c ON c.id = o.customer WHERE c.total = 7',
    'partitioned',
  ],
  ["SELECT * FROM o1 WHERE day = '2024-03-03' AND customer < 100", 'partition'],
  ['SELECT * FROM "Überall"."Größe" WHERE "Maß" = 7', 'quoted'],
  ['SELECT * FROM base b JOIN derived d USING (id) WHERE d.extra = 7', 'inherited'],
  ['SELECT id, extra, count(*) FROM derived GROUP BY id, extra', 'inherited'],
  ['SELECT * FROM fresh WHERE id = ANY ($1)', 'single'],
  ["SELECT * FROM customer WHERE plain(name) = 'name 3'", 'single'],
  ["SELECT * FROM customer WHERE tags @> '{t3}'", 'single'],
  ['UPDATE customer SET total = 1 WHERE total = $1', 'single'],
  ["INSERT INTO base VALUES (nextval('counter'), $1) RETURNING id", 'single'],
];
