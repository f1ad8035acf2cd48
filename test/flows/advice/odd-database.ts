/**
 * A database with everything an advisor may stumble over: partitions, inheritance, generated columns, unusual types and
 * collations, names that try to be SQL; and statements of every kind, sound and not.
 */

import type { Statement } from '../../../shared/query-optimizer/snapshot.ts';

/** Ends a quoted name, a statement, a comment and a dollar-quoted text, should anybody let it. */
export const HOSTILE = `x"; DROP TABLE victim; --$$ ' /* \\`;
const hostile = `"${HOSTILE.replaceAll('"', '""')}"`;

export const ODD_SCHEMA: readonly string[] = [
  'CREATE EXTENSION IF NOT EXISTS citext',
  'CREATE EXTENSION IF NOT EXISTS ltree',
  'CREATE EXTENSION IF NOT EXISTS pg_trgm',
  'CREATE TABLE victim (id integer PRIMARY KEY)',
  `CREATE TYPE mood AS ENUM ('calm', 'it''s "complicated"')`,
  `CREATE DOMAIN postcode AS text CHECK (value ~ '^[0-9]+$')`,
  'CREATE TYPE pair AS (first integer, second text)',
  `CREATE SCHEMA "Sales Größe"`,
  // Partitioned by range, and below by list.
  `CREATE TABLE measured (id bigint NOT NULL, device integer NOT NULL, at timestamptz NOT NULL, value float8)
     PARTITION BY RANGE (at)`,
  `CREATE TABLE measured_2024 PARTITION OF measured FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')`,
  `CREATE TABLE measured_2025 PARTITION OF measured FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')
     PARTITION BY LIST (device)`,
  'CREATE TABLE measured_2025_few PARTITION OF measured_2025 FOR VALUES IN (1, 2, 3)',
  'CREATE TABLE measured_2025_rest PARTITION OF measured_2025 DEFAULT',
  'CREATE TABLE animal (id integer PRIMARY KEY, name text)',
  'CREATE TABLE dog (breed text) INHERITS (animal)',
  `CREATE TABLE "Sales Größe"."Order ""1""" (
     "Größe" integer, "select" text COLLATE "C", ${hostile} text,
     total numeric, tax numeric GENERATED ALWAYS AS (total * 0.2) STORED, id integer PRIMARY KEY)`,
  `CREATE TABLE ${hostile} (id integer PRIMARY KEY, ${hostile} text, "naïve 東京" integer)`,
  `CREATE TABLE strange (id uuid PRIMARY KEY, mail citext, path ltree, mood mood, code postcode, pair pair,
     span tstzrange, net inet, flags bit(8), spot point, doc xml, price money, tags text[], body jsonb, words tsvector,
     raw bytea, nested integer[][], said "char", label name, far interval, title text COLLATE "C")`,
  "CREATE VIEW calm AS SELECT id, mail, body FROM strange WHERE mood = 'calm'",
  'CREATE MATERIALIZED VIEW moods AS SELECT mood, count(*) AS strange FROM strange GROUP BY mood',
  'CREATE UNLOGGED TABLE heap_only (payload text)',
];

export const ODD_DATA: readonly string[] = [
  `INSERT INTO measured SELECT n, n % 50, timestamptz '2024-01-01' + n * interval '30 minutes', n % 977 FROM generate_series(1, 30000) n`,
  `INSERT INTO animal SELECT n, 'animal ' || n FROM generate_series(1, 3000) n`,
  `INSERT INTO dog SELECT 10000 + n, 'dog ' || n, 'breed ' || n % 20 FROM generate_series(1, 3000) n`,
  `INSERT INTO "Sales Größe"."Order ""1""" ("Größe", "select", ${hostile}, total, id)
     SELECT n % 700, 'word ' || n, 'it''s ' || n % 900, n, n FROM generate_series(1, 8000) n`,
  `INSERT INTO ${hostile} SELECT n, 'v' || n % 800, n % 600 FROM generate_series(1, 8000) n`,
  `INSERT INTO strange SELECT gen_random_uuid(), 'Mail' || n || '@Example.com', ('a.b' || n % 40)::ltree,
     CASE WHEN n % 90 = 0 THEN 'it''s "complicated"' ELSE 'calm' END::mood, (10000 + n % 500)::text, ROW(n, 'x'::text)::pair,
     tstzrange('2024-01-01', '2024-01-02'), ('10.0.' || n % 200 || '.1')::inet, (n % 256)::bit(8), point(n, n),
     '<a/>'::xml, n::numeric::money, ARRAY['t' || n % 30, 'all'], jsonb_build_object('k', n % 900, 'o', n),
     to_tsvector('english', 'word' || n % 500), decode(lpad(to_hex(n), 8, '0'), 'hex'), ARRAY[[n, 1], [2, 3]],
     'c', 'label' || n, interval '1 day', 'Title ' || n FROM generate_series(1, 6000) n`,
  'REFRESH MATERIALIZED VIEW moods',
  'ANALYZE',
];

const asked = (id: string, sql: string, normalized = false): Statement => ({
  id,
  sql,
  calls: 1_000,
  totalMs: 10_000,
  rows: 10_000,
  normalized,
});

/** What can be advised on, however it is named. */
export const SOUND: readonly Statement[] = [
  asked('partitions', 'SELECT * FROM measured WHERE device = 17 AND at > $1', true),
  asked('one partition', `SELECT * FROM measured_2024 WHERE value = 3`),
  asked('inherited', `SELECT * FROM animal WHERE name = 'dog 17'`),
  asked('quoted', `SELECT * FROM "Sales Größe"."Order ""1""" WHERE "Größe" = 3 AND "select" = 'word 3'`),
  asked('generated', `SELECT id FROM "Sales Größe"."Order ""1""" WHERE tax = 4.2`),
  asked('hostile column', `SELECT id FROM "Sales Größe"."Order ""1""" WHERE ${hostile} = 'it''s 7'`),
  asked('hostile table', `SELECT id FROM ${hostile} WHERE ${hostile} = 'v17' AND "naïve 東京" = 17`),
  asked('hostile value', `SELECT id FROM ${hostile} WHERE ${hostile} = '''; DROP TABLE victim; --'`),
  asked('citext', `SELECT id FROM strange WHERE mail = 'mail17@example.com'`),
  asked('ltree', `SELECT id FROM strange WHERE path <@ 'a.b7'`),
  asked('enum', `SELECT id FROM strange WHERE mood = 'it''s "complicated"'`),
  asked('domain', `SELECT id FROM strange WHERE code = '10017'`),
  asked('composite', `SELECT id FROM strange WHERE (pair).first = 17`),
  asked('range', `SELECT id FROM strange WHERE span @> timestamptz '2024-01-01 12:00'`),
  asked('network', `SELECT id FROM strange WHERE net << '10.0.7.0/24'`),
  asked('bits', `SELECT id FROM strange WHERE flags = B'00010001'`),
  asked('point', `SELECT id FROM strange WHERE spot <@ box '((1,1),(9,9))'`),
  asked('money', `SELECT id FROM strange WHERE price = 17::money`),
  asked('array', `SELECT id FROM strange WHERE tags @> ARRAY['t7']`),
  asked('document', `SELECT id FROM strange WHERE body @> '{"k": 17}'`),
  asked('words', `SELECT id FROM strange WHERE words @@ to_tsquery('english', 'word17')`),
  asked('trigrams', `SELECT id FROM strange WHERE title ILIKE '%tle 17%'`),
  asked('view', `SELECT id FROM calm WHERE mail = 'mail17@example.com'`),
  asked('collated', `SELECT id FROM strange WHERE title COLLATE "C" LIKE 'Title 17%'`),
  asked('materialised', `SELECT * FROM moods WHERE mood = 'calm'`),
];

/** What no advisor can use: it says so of each. */
export const UNSOUND: readonly Statement[] = [
  asked('utility', 'VACUUM ANALYZE victim'),
  asked('session', `SET work_mem = '1GB'`),
  asked('copy', `COPY victim FROM PROGRAM 'true'`),
  asked('cut', 'SELECT id FROM strange WHERE mail = $1 AND (title = $2 OR', true),
  asked('invalid', 'SELEC nothing FROM nowhere'),
  asked('unknown table', 'SELECT * FROM of_yesterday WHERE id = $1', true),
  asked('unknown column', 'SELECT id FROM strange WHERE gone = 1'),
  asked('insufficient', '<insufficient privilege>'),
  asked('empty', ''),
  asked('two statements', 'SELECT 1; DROP TABLE victim'),
  asked('nul', "SELECT id FROM strange WHERE title = 'a\u0000b'"),
];
