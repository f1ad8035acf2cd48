/**
 * A Postgres for the tests of the demo, empty and of their own.
 */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { openPool } from '../../../../infra/local/demo/database.ts';
import { forgetPostgres, startPostgres } from '../../../../infra/local/postgres/postgres.ts';

export interface TestDatabase {
  readonly url: string;
  readonly pool: Pool;
  stop(): Promise<void>;
}

export async function startDatabase(): Promise<TestDatabase> {
  const stateDir = await mkdtemp(join(tmpdir(), 'headrace-demo-'));
  const postgres = await startPostgres({ stateDir });
  const pool = openPool(postgres.url).removeAllListeners('error');
  // It ends before its connections do, and whichever the server still ends itself would end the run.
  pool.on('error', () => {});
  return {
    url: postgres.url,
    pool,
    async stop() {
      await pool.end();
      await postgres.stop();
      await forgetPostgres(stateDir);
      await rm(stateDir, { recursive: true, force: true });
    },
  };
}
