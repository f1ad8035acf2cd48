/**
 * A snapshot is taken of a real server by reading alone, and whatever cannot be read is said: on PostgreSQL 18, and on Debian's.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../functions/adapters/postgres/open-database.ts';
import { createPgSession } from '../../functions/adapters/postgres/pg-session.ts';
import { createReader } from '../../functions/adapters/postgres/read-only.ts';
import { forgetPostgres, type Postgres, startPostgres } from '../../infra/local/postgres/postgres.ts';
import { CollectFailed, collect } from '../../shared/query-optimizer/collect/collect.ts';
import { formatSnapshot, parseSnapshot } from '../../shared/query-optimizer/snapshot-file.ts';
import { createDatabase } from './planner-database.ts';
import { postgresPrograms } from './tier.ts';

describe('a snapshot', () => {
  const stateDir = mkdtempSync(join(tmpdir(), 'headrace-test-'));
  const clock = () => Date.UTC(2026, 0, 2);
  let server: Postgres;
  let owner: Client;

  beforeAll(async () => {
    const programs = postgresPrograms();
    server = await startPostgres({ stateDir, ...(programs && { programs }) });
    owner = await createDatabase(server.url);
  });
  afterAll(async () => {
    await owner.end();
    await server.stop();
    await forgetPostgres(stateDir);
  });

  /** As whoever the URL's user is. */
  const take = async (url = server.url) => {
    const database = await openDatabase(url, { lockTimeoutMs: 50 });
    try {
      return await collect(database.reader, { clock });
    } finally {
      await database.close();
    }
  };

  it('says what there is, and passes through a file unharmed', async () => {
    const snapshot = await take();
    const customer = snapshot.relations.find(({ name }) => name === 'customer');
    expect(customer).toMatchObject({ kind: 'table', rows: 20_000, pages: expect.any(Number) });
    expect(
      customer?.columns.map(({ name, type, collation, generated }) => [name, type, collation, generated]),
    ).toEqual([
      ['id', 'integer', undefined, undefined],
      ['mail', 'public.mail', undefined, undefined],
      ['name', 'text', 'public.german', undefined],
      ['state', '"Überall"."État"', undefined, undefined],
      ['tags', 'text[]', undefined, undefined],
      ['doc', 'jsonb', undefined, undefined],
      ['created', 'timestamp with time zone', undefined, undefined],
      ['total', 'numeric(10,2)', undefined, undefined],
      ['twice', 'numeric', undefined, '(total * (2)::numeric) STORED'],
      ['note', 'text', undefined, undefined],
    ]);
    expect(snapshot.constraints.find(({ kind }) => kind === 'foreign')).toMatchObject({
      table: { schema: 'public', name: 'Order "x"' },
      references: { table: { schema: 'public', name: 'customer' }, columns: ['id'], onDelete: 'CASCADE' },
    });
    expect(snapshot.indexes.find(({ name }) => name === 'plain_name')).toMatchObject({
      keys: [{ text: 'public.plain(name)', isExpression: true }],
      bytes: expect.any(Number),
    });
    expect(snapshot.indexes.find(({ name }) => name === 'o1_pkey')?.parent?.name).toBe('Order "x"_pkey');
    expect(snapshot.extendedStatistics.find(({ name }) => name === 'pair')?.distinct).toEqual([
      { columns: ['id', 'extra'], distinct: 5000 },
    ]);
    expect(parseSnapshot(formatSnapshot(snapshot))).toMatchObject({
      kind: 'snapshot',
      snapshot: JSON.parse(JSON.stringify(snapshot)),
    });
  });

  it('says how to have statements counted, where they are not', async () => {
    await owner.query('DROP EXTENSION IF EXISTS pg_stat_statements');
    const { workload, gaps } = await take();
    expect(workload).toEqual([]);
    expect(gaps).toEqual([
      expect.objectContaining({ remedy: expect.stringContaining('CREATE EXTENSION pg_stat_statements') }),
    ]);
  });

  it('counts the application’s statements, wherever the extension is, and none of its own', async () => {
    await owner.query('CREATE SCHEMA IF NOT EXISTS "Mess ""1"""');
    await owner.query('CREATE EXTENSION pg_stat_statements SCHEMA "Mess ""1"""');
    for (const id of [1, 2, 3]) await owner.query(`SELECT mail FROM customer WHERE id = ${id}`);
    await take();
    const { workload, statementsSince, server } = await take();
    expect(workload.find(({ sql }) => sql === 'SELECT mail FROM customer WHERE id = $1')).toMatchObject({
      calls: 3,
      rows: 3,
      normalized: true,
    });
    expect(workload.filter(({ sql }) => sql.includes('headrace') || sql.includes('pg_class'))).toEqual([]);
    // Since 14 the extension tells when it began to count.
    expect(typeof statementsSince).toBe(server.versionNumber >= 140_000 ? 'number' : 'undefined');
  });

  it('of a user without rights has the schema, and says which rights it wants', async () => {
    await owner.query(
      'CREATE ROLE guest LOGIN PASSWORD \'guest\'; GRANT USAGE ON SCHEMA "Mess ""1""" TO guest',
    );
    const url = new URL(server.url);
    url.username = 'guest';
    url.password = 'guest';
    const { relations, statistics, workload, gaps } = await take(url.href);
    expect(relations.map(({ name }) => name)).toContain('customer');
    expect(statistics).toEqual([]);
    expect(workload.filter(({ sql }) => sql.includes('customer'))).toEqual([]);
    const texts = gaps.find(({ part }) => part === 'texts of statements');
    expect(Number(/\d+/.exec(texts?.why ?? '')?.[0])).toBeGreaterThan(3);
    expect(gaps.map(({ remedy }) => /GRANT \w+/.exec(remedy)?.[0]).toSorted()).toEqual([
      'GRANT pg_read_all_data',
      'GRANT pg_read_all_stats',
    ]);
  });

  it('waits for nobody who holds a table, and takes the sizes of the last ANALYZE', async () => {
    await owner.query('CREATE INDEX named ON customer (id) WHERE name IS NOT NULL');
    await owner.query('BEGIN; LOCK TABLE customer IN ACCESS EXCLUSIVE MODE');
    const { relations, indexes, constraints, gaps } = await take();
    await owner.query('ROLLBACK; DROP INDEX named');
    expect(gaps.map(({ why }) => why)).toContain('canceling statement due to lock timeout');
    expect(relations.find(({ name }) => name === 'customer')?.pages).toBeGreaterThan(100);
    expect(relations.find(({ name }) => name === 'o1')?.partition?.bound).toContain('FOR VALUES');
    expect(indexes.find(({ name }) => name === 'customer_pkey')?.keys).toMatchObject([{ text: 'id' }]);
    expect(indexes.find(({ name }) => name === 'named')?.predicate).toBeDefined();
    expect(indexes.find(({ name }) => name === 'o1_pkey')?.definition).toContain(
      'CREATE UNIQUE INDEX o1_pkey',
    );
    const own = constraints.filter(({ table }) => table.name === 'customer');
    expect(own.find(({ kind }) => kind === 'primary')?.definition).toBe('PRIMARY KEY (id)');
    expect(constraints.find(({ kind }) => kind === 'foreign')?.columns).toEqual(['customer']);
  });

  it('ends what takes too long, and goes on', async () => {
    const client = new Client({ connectionString: server.url }).on('error', () => {});
    await client.connect();
    const reader = createReader(createPgSession(client), { statementTimeoutMs: 40 });
    await expect(reader.read('SELECT pg_sleep(30)')).rejects.toMatchObject({ code: '57014' });
    expect(await reader.read('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await client.end();
  });

  it('cannot write, nor run a second statement', async () => {
    const { reader, close } = await openDatabase(server.url);
    await expect(reader.read("INSERT INTO public.base VALUES (1, 'x')")).rejects.toMatchObject({
      code: '25006',
    });
    await expect(reader.read('COMMIT; DROP TABLE public.base')).rejects.toMatchObject({ code: '42601' });
    await close();
  });

  it('is what was read by then, when the connection is lost', async () => {
    const client = new Client({ connectionString: server.url }).on('error', () => {});
    await client.connect();
    const { rows } = await client.query('SELECT pg_backend_pid() AS pid');
    const all = createReader(createPgSession(client));
    let asked = 0;
    const reader: typeof all = {
      async read(sql) {
        asked += 1;
        if (asked === 5) await owner.query('SELECT pg_terminate_backend($1)', [rows[0].pid]);
        return all.read(sql);
      },
    };
    const snapshot = await collect(reader, { clock });
    expect(snapshot.relations.length).toBeGreaterThan(3);
    expect(snapshot.constraints).toEqual([]);
    expect(snapshot.gaps.find(({ part }) => part === 'constraints')?.remedy).toBe('Run it again.');
    await client.end().catch(() => {});
  });

  it('is none when nothing can be read, and tells no password', async () => {
    const lost = { read: () => Promise.reject(new Error('gone')) };
    await expect(collect(lost, { clock })).rejects.toThrow(CollectFailed);
    const failure = await openDatabase('postgresql://me:secret@127.0.0.1:1/none').catch(String);
    expect(failure).toContain('The database at 127.0.0.1 cannot be reached');
    expect(failure).not.toContain('secret');
    await expect(openDatabase('nonsense')).rejects.toThrow('The database URL is not one');
  });
});
