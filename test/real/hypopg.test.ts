import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { forgetPostgres, type Postgres, startPostgres } from '../../infra/local/postgres/postgres.ts';
import { withClient } from '../contracts/postgres.ts';
import { postgresPrograms } from '../contracts/tier.ts';

const stateDir = mkdtempSync(join(tmpdir(), 'headrace-test-'));
const programs = postgresPrograms();
let server: Postgres;

beforeAll(async () => {
  server = await startPostgres({ stateDir, ...(programs && { programs }) });
});
afterAll(async () => {
  await server.stop();
  await forgetPostgres(stateDir);
});

it('plans with an index that does not exist, and builds none', async () => {
  await withClient(server, async client => {
    const explain = async (): Promise<string> => {
      const { rows } = await client.query('EXPLAIN SELECT * FROM reading WHERE sensor = 4711');
      return JSON.stringify(rows);
    };
    await client.query('CREATE EXTENSION hypopg');
    await client.query(
      'CREATE TABLE reading AS SELECT n AS sensor, random() AS value FROM generate_series(1, 20000) n',
    );
    await client.query('ANALYZE reading');
    expect(await explain()).toContain('Seq Scan on reading');

    await client.query("SELECT hypopg_create_index('CREATE INDEX ON reading (sensor)')");
    expect(await explain()).toMatch(/Index Scan using .*<\d+>btree_reading_sensor/);

    const { rows } = await client.query("SELECT count(*)::int FROM pg_indexes WHERE tablename = 'reading'");
    expect(rows).toEqual([{ count: 0 }]);
  });
});
