/**
 * What an analysis writes, run by psql on a real server whose schemas, tables, columns, indexes and values were named to become
 * statements, comments or psql's own commands: it makes the indexes that it proposes, drops those that it says, and nothing else.
 */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openPgliteEngine } from '../../functions/adapters/planners/twin/pglite-engine.ts';
import { openDatabase } from '../../functions/adapters/postgres/open-database.ts';
import { createSqlParser } from '../../functions/adapters/sql-parser/libpg-query.ts';
import { forgetPostgres, type Postgres, startPostgres } from '../../infra/local/postgres/postgres.ts';
import { systemClock as clock } from '../../shared/primitives/clock.ts';
import { type Analysis, analyze } from '../../shared/query-optimizer/analyze.ts';
import { collect } from '../../shared/query-optimizer/collect/collect.ts';
import { createTwinPlanner } from '../../shared/query-optimizer/twin/twin-planner.ts';
import { postgresPrograms } from '../contracts/tier.ts';

const folder = mkdtempSync(join(tmpdir(), 'headrace-test-'));
const TOUCHED = join(folder, 'touched');
const programs = postgresPrograms();

/** As a name or a value may be: at most 63 bytes, and no NUL. */
const HOSTILE = [
  'a"; DROP TABLE canary; --',
  "x'); DROP TABLE canary; --",
  "'; DROP TABLE canary; --\n",
  `\\! touch ${TOUCHED}`.slice(0, 63),
  `\n\\! touch ${TOUCHED}`.slice(0, 63),
  ':name :\'name\' :"name" :{?name}',
  '$$; DROP TABLE canary; $$',
  '/* DROP TABLE canary; */ --',
  '*/; DROP TABLE canary; /*',
  "E'\\'; DROP TABLE canary; --",
  'Größe\u2028DROP TABLE canary;',
  '\u202eyranac ELBAT PORD',
  '%s %I $1 {} {{}} <script>',
];
const fuzzed = fc.sample(
  fc
    .array(
      fc.constantFrom(
        '"',
        "'",
        ';',
        '--',
        '/*',
        '*/',
        '\\',
        '\\!',
        '\\g',
        '$$',
        '$1',
        ':',
        '::',
        '\n',
        '\r',
        '\t',
        ' ',
        'é',
        '💧',
        'a',
        'DROP TABLE canary',
        '(',
        ')',
        ',',
        'WHERE',
        'NULL',
      ),
      { minLength: 1, maxLength: 12 },
    )
    .map(parts => parts.join(''))
    .filter(name => Buffer.byteLength(name) <= 60 && name.trim() !== ''),
  5,
);

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const literal = (text: string): string => `E'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/** Each name in every place. With a digit before it the longest are cut, as the server cuts them. */
const places = [...new Set([...HOSTILE, ...fuzzed])].map((name, at) => ({
  name,
  table: `${quoted(name)}.${quoted(name)}`,
  other: quoted(`${at}${name}`),
}));

let server: Postgres;
let owner: Client;
const rowsOf = async (sql: string) => (await owner.query(sql)).rows;
const INDEXES = `SELECT indexrelid::regclass::text AS index, indrelid::regclass::text AS "table", indisvalid AS valid FROM pg_index
  JOIN pg_class c ON c.oid = indexrelid WHERE relnamespace::regnamespace::text !~ '^pg_' ORDER BY 1`;
const REST = `SELECT (SELECT count(*) FROM canary)::int AS canaries, (SELECT count(*) FROM pg_class WHERE relkind IN ('r', 'v', 'S'))::int AS relations,
  (SELECT count(*) FROM pg_proc)::int AS functions, (SELECT count(*) FROM pg_roles)::int AS roles`;

async function createPlace({ name, table, other }: (typeof places)[number]): Promise<void> {
  await owner.query(`CREATE SCHEMA ${quoted(name)}`);
  await owner.query(`CREATE TABLE ${table} (${quoted(name)} int, ${other} text, at timestamptz)`);
  await owner.query(
    `INSERT INTO ${table} SELECT n % 2000, CASE WHEN n % 50 = 0 THEN ${literal(name)} ELSE 'often' END, now() - n * interval '1 minute'
     FROM generate_series(1, 6000) n`,
  );
  await owner.query(`CREATE INDEX ${quoted(`1${name}`)} ON ${table} (at)`);
  await owner.query(`CREATE INDEX ${quoted(`2${name}`)} ON ${table} (at)`);
}

beforeAll(async () => {
  server = await startPostgres({ stateDir: join(folder, 'state'), ...(programs && { programs }) });
  owner = new Client({ connectionString: server.url });
  await owner.connect();
  await owner.query('CREATE TABLE canary AS SELECT 1 AS alive');
  for (const place of places) await createPlace(place);
  await owner.query('VACUUM ANALYZE');
}, 60_000);
afterAll(async () => {
  await owner.end();
  await server.stop();
  await forgetPostgres(join(folder, 'state'));
  await rm(folder, { recursive: true, force: true });
});

async function analyzed(): Promise<Analysis> {
  const database = await openDatabase(server.url);
  const collected = await collect(database.reader, { clock }).finally(() => database.close());
  const statements = places.flatMap(({ name, table, other }) => [
    `SELECT * FROM ${table} WHERE ${quoted(name)} = 7`,
    `SELECT at FROM ${table} WHERE ${other} = ${literal(name)} ORDER BY ${quoted(name)}`,
    `SELECT count(*) FROM ${table} WHERE lower(${other}) = ${literal(name.toLowerCase())} AND ${quoted(name)} > 5`,
  ]);
  const workload = statements.map((sql, at) => ({
    id: `${at}`,
    sql,
    calls: 1_000,
    totalMs: undefined,
    rows: undefined,
    normalized: false,
  }));
  const snapshot = { ...collected, workload };
  const openPlanner = async () => createTwinPlanner(await openPgliteEngine(snapshot), snapshot);
  const options = { budget: { ratio: 1 }, withDrops: true };
  return analyze(snapshot, options, { parser: await createSqlParser(), openPlanner, clock });
}

async function psql(sql: string): Promise<void> {
  const file = join(folder, 'migration.sql');
  await writeFile(file, sql);
  const { binDir = '', libDirs = [] } = programs ?? {};
  await promisify(execFile)(
    join(binDir, 'psql'),
    ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '-f', file, '-d', server.url],
    { env: { LD_LIBRARY_PATH: libDirs.join(':'), PATH: '/usr/bin:/bin' } },
  );
}

it('makes and drops what it says, and takes that back, whatever things are called', async () => {
  const { report, migration } = await analyzed();
  const [before, rest] = [await rowsOf(INDEXES), await rowsOf(REST)];
  const touchedTables = new Set(report.proposals.map(({ table }) => table));
  expect(touchedTables.size).toBe(places.length);
  expect(report.redundant.length).toBe(places.length);

  await psql(migration.up);
  const after = await rowsOf(INDEXES);
  expect(after.filter(({ valid }) => valid !== true)).toEqual([]);
  expect(after.length).toBe(before.length + report.proposals.length - report.redundant.length);
  expect(await rowsOf(REST)).toEqual(rest);

  await psql(migration.down);
  expect(await rowsOf(INDEXES)).toEqual(before);
  expect(await rowsOf(REST)).toEqual(rest);
  expect(existsSync(TOUCHED)).toBe(false);
}, 120_000);
