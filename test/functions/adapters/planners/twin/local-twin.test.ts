/**
 * The planner twin in a database of a PostgreSQL that runs here: beside PGlite's, with the same costs, and nothing left behind.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openLocalEngine } from '../../../../../functions/adapters/planners/twin/local-engine.ts';
import { createPgSession } from '../../../../../functions/adapters/postgres/pg-session.ts';
import {
  forgetPostgres,
  type Postgres,
  startPostgres,
} from '../../../../../infra/local/postgres/postgres.ts';
import { indexIdOf } from '../../../../../shared/query-optimizer/index-sql.ts';
import { createTwinPlanner } from '../../../../../shared/query-optimizer/twin/twin-planner.ts';
import { onTable } from '../../../../contracts/planner-database.ts';
import {
  aColumn,
  aRelation,
  aSnapshot,
  columnStatistics,
} from '../../../../shared/query-optimizer/twin/sources.ts';

const stateDir = mkdtempSync(join(tmpdir(), 'headrace-test-'));
let server: Postgres;

beforeAll(async () => {
  server = await startPostgres({ stateDir });
});
afterAll(async () => {
  await server.stop();
  await forgetPostgres(stateDir);
});

async function connect(database?: string) {
  const url = new URL(server.url);
  if (database) url.pathname = `/${database}`;
  const client = new Client({ connectionString: url.href }).on('error', () => {});
  await client.connect();
  return createPgSession(client, () => client.end());
}

it('costs what a source of 3 GiB would, and takes its database with it', async () => {
  const snapshot = aSnapshot({
    server: { collation: 'en_US.UTF-8' },
    relations: [
      aRelation('parcel', {
        pages: 393_216,
        rows: 40_000_000,
        columns: [aColumn('id', 'bigint'), aColumn('town', 'text')],
      }),
    ],
    statistics: [
      columnStatistics('parcel', 'id', { averageWidth: 8, histogramBounds: '{1,20000000,40000000}' }),
    ],
  });
  const { planner, gaps } = await createTwinPlanner(await openLocalEngine({ snapshot, connect }), snapshot);
  expect(gaps).toEqual([]);
  const byId = onTable('parcel', ['id']);
  await planner.propose([byId]);
  const statement = { sql: 'SELECT town FROM parcel WHERE id = 7', normalized: false };
  const [bare, helped] = [
    await planner.estimate(statement, []),
    await planner.estimate(statement, [indexIdOf(byId)]),
  ];
  expect(bare.kind === 'estimated' && bare.cost).toBeGreaterThan(393_216);
  // Three levels down and one page of the table
  expect(helped).toMatchObject({ kind: 'estimated', cost: 8.58, used: [indexIdOf(byId)] });
  await planner.close();
  const session = await connect();
  expect(await session.query("SELECT datname FROM pg_database WHERE datname LIKE 'headrace_twin%'")).toEqual(
    [],
  );
  await session.close();
});
