/**
 * What the rest of Headrace relies on from a PostgreSQL, whoever runs it.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forgetPostgres, type Postgres, startPostgres } from '../../infra/local/postgres/postgres.ts';
import type { PostgresPrograms } from '../../infra/local/postgres/programs.ts';
import { eventually } from '../eventually.ts';

export function describePostgres(programs: PostgresPrograms | undefined): void {
  describe('PostgreSQL', () => {
    const stateDir = mkdtempSync(join(tmpdir(), 'headrace-test-'));
    let server: Postgres;
    const start = () => startPostgres({ stateDir, ...(programs && { programs }) });

    beforeAll(async () => {
      server = await start();
    });
    afterAll(async () => {
      await server.stop();
      await forgetPostgres(stateDir);
    });

    it('keeps text of every script as it was', async () => {
      const text = 'Grüße, 東京, שלום, 🚰';
      expect(await rows(server, 'SELECT $1::text AS text, octet_length($1) AS bytes', [text])).toEqual([
        { text, bytes: new TextEncoder().encode(text).length },
      ]);
    });

    it('shows a transaction to others when it commits, and nothing of one that rolls back', async () => {
      await withClient(server, async writer => {
        await writer.query('CREATE TABLE account (name text)');
        await writer.query("BEGIN; INSERT INTO account VALUES ('rolled back'); ROLLBACK");
        await writer.query("BEGIN; INSERT INTO account VALUES ('committed')");
        expect(await rows(server, 'SELECT name FROM account')).toEqual([]);
        await writer.query('COMMIT');
        expect(await rows(server, 'SELECT name FROM account')).toEqual([{ name: 'committed' }]);
      });
    });

    it('runs sessions side by side', async () => {
      await withClient(server, async holder => {
        await holder.query('SELECT pg_advisory_lock(1)');
        const waiting = rows(server, 'SELECT pg_advisory_lock(1) AS lock');
        const waiters = "SELECT count(*)::int FROM pg_locks WHERE locktype = 'advisory' AND NOT granted";
        await eventually(async () => expect(await rows(server, waiters)).toEqual([{ count: 1 }]));
        await holder.query('SELECT pg_advisory_unlock(1)');
        expect(await waiting).toEqual([{ lock: '' }]);
      });
    });

    it('counts and times every statement', async () => {
      for (let call = 0; call < 3; call += 1) await rows(server, 'SELECT pg_sleep($1) AS counted', [0.02]);
      const [statement] = await rows(
        server,
        "SELECT calls::int, total_exec_time AS ms FROM pg_stat_statements WHERE query LIKE '%AS counted%'",
      );
      expect(statement).toMatchObject({ calls: 3 });
      expect(statement?.ms).toBeGreaterThan(60);
      expect(await rows(server, 'SHOW track_io_timing')).toEqual([{ track_io_timing: 'on' }]);
    });

    it('keeps its data over a restart', async () => {
      await rows(server, "CREATE TABLE kept AS SELECT 'over a restart' AS what");
      await server.stop();
      server = await start();
      expect(await rows(server, 'SELECT what FROM kept')).toEqual([{ what: 'over a restart' }]);
    });

    it('recovers what was committed before a crash', async () => {
      await rows(server, "CREATE TABLE survived AS SELECT 'a crash' AS what");
      process.kill(server.pid ?? 0, 'SIGKILL');
      expect(await server.ended).toContain('SIGKILL');
      server = await start();
      expect(await rows(server, 'SELECT what FROM survived')).toEqual([{ what: 'a crash' }]);
    });
  });
}

type Row = Readonly<Record<string, unknown>>;

export async function rows(
  server: Pick<Postgres, 'url'>,
  sql: string,
  values: unknown[] = [],
): Promise<Row[]> {
  return withClient(server, async client => (await client.query<Row>(sql, values)).rows);
}

export async function withClient<T>(
  server: Pick<Postgres, 'url'>,
  use: (client: Client) => Promise<T>,
): Promise<T> {
  // A server that ends says so to its clients; what that means to a query is in the query's own error.
  const client = new Client({ connectionString: server.url }).on('error', () => {});
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}
