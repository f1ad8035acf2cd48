import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'pg';
import { afterAll } from 'vitest';
import { createPostgresOnce } from '../../functions/adapters/jobs/postgres-once.ts';
import { forgetPostgres, startPostgres } from '../../infra/local/postgres/postgres.ts';
import { describeOnceStore } from './once-store.ts';
import { postgresPrograms } from './tier.ts';

const stopping: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const stop of stopping.reverse()) await stop();
});

describeOnceStore('in Postgres', async () => {
  const stateDir = mkdtempSync(join(tmpdir(), 'headrace-once-'));
  stopping.push(() => forgetPostgres(stateDir));
  const programs = postgresPrograms();
  const server = await startPostgres({ stateDir, ...(programs && { programs }) });
  stopping.push(() => server.stop());
  const pool = new Pool({ connectionString: server.url }).on('error', () => {});
  stopping.push(() => pool.end());
  await pool.query('CREATE TABLE effects (job text)');
  return {
    store: createPostgresOnce(pool),
    async count(job) {
      const { rows } = await pool.query('SELECT count(*)::int AS n FROM effects WHERE job = $1', [job]);
      return rows[0].n;
    },
  };
});
