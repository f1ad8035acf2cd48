import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Pool, type PoolClient } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPostgresOutbox } from '../../functions/adapters/outbox/postgres-outbox.ts';
import { drain } from '../../shared/outbox/drain.ts';
import { OutboxUnavailable } from '../../shared/outbox/outbox-store.ts';
import { type OutboxDatabase, startOutboxDatabase } from './outbox-database.ts';
import { describeOutboxMigration } from './outbox-migration.ts';
import { describeOutboxStore } from './outbox-store.ts';

const MAIN = join(import.meta.dirname, '../../infra/local/outbox/main.ts');

let database: OutboxDatabase;
let elsewhere: Pool;
beforeAll(async () => {
  database = await startOutboxDatabase();
  await database.run('CREATE TABLE pages (tag text)', 'CREATE DATABASE elsewhere');
  await database.watch('pages', '{tag}');
  elsewhere = new Pool({ connectionString: database.url.replace(/[^/]+$/, 'elsewhere') }).on(
    'error',
    () => {},
  );
});
afterAll(async () => {
  await elsewhere.end();
  await database.stop();
});

describeOutboxStore('in Postgres', async () => ({
  store: createPostgresOutbox(database.pool),
  absent: createPostgresOutbox(elsewhere),
  async begin(tag) {
    const client: PoolClient = await database.pool.connect();
    await client.query('BEGIN');
    await client.query('INSERT INTO pages VALUES ($1)', [tag]);
    const end = (how: string) => async () => {
      await client.query(how);
      client.release();
    };
    return { commit: end('COMMIT'), rollback: end('ROLLBACK') };
  },
}));

describe('drains at once', () => {
  it('purge every change between them, and leave nothing', async () => {
    const store = createPostgresOutbox(database.pool);
    const purged = new Set<string>();
    const purge = async (tags: readonly string[]) => {
      for (const tag of tags) purged.add(tag);
    };
    const drains = () =>
      drain({ store, purge, clock: Date.now }, { stopAt: Number.MAX_SAFE_INTEGER, mostChanges: 7 });
    const writes = Array.from({ length: 60 }, (_, at) =>
      database.pool.query('INSERT INTO pages VALUES ($1)', [`page-${at}`]),
    );
    const results = await Promise.all([drains(), drains(), drains(), ...writes]).then(() => drains());
    expect(results.state).toBe('current');
    expect(purged).toEqual(new Set(Array.from({ length: 60 }, (_, at) => `page-${at}`)));
    expect(await store.backlog()).toEqual({ changes: 0, lagMs: 0 });
  });
});

describe('a database that does not answer', () => {
  it('is an OutboxUnavailable, whatever was asked', async () => {
    const gone = new Pool({ connectionString: 'postgres://postgres@127.0.0.1:1/none' }).on('error', () => {});
    const store = createPostgresOutbox(gone);
    await expect(store.read(1)).rejects.toThrow(OutboxUnavailable);
    await expect(store.forget(['1'])).rejects.toThrow(OutboxUnavailable);
    await expect(store.backlog()).rejects.toThrow(OutboxUnavailable);
    await gone.end();
  });
});

describe('npm run outbox', () => {
  it('runs its migration where it is told to, and takes it back', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'headrace-outbox-apply-'));
    const watched = ['--table', 'applied', '--tags', 'applied:{id}', '--out', folder, '--apply'];
    const run = (...more: readonly string[]) =>
      promisify(execFile)(process.execPath, [MAIN, ...watched, ...more], {
        env: { DATABASE_URL: database.url },
      });
    await database.run('CREATE TABLE applied (id int)');
    await run();
    await database.run('INSERT INTO applied VALUES (1)');
    expect((await database.take()).flat()).toContain('applied:1');
    await run('down');
    await database.run('INSERT INTO applied VALUES (2)');
    expect(await database.take()).toEqual([]);
    rmSync(folder, { recursive: true });
  });
});

describeOutboxMigration(() => database);
