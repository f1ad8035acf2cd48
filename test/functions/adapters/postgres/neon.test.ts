/**
 * The same snapshot by Neon's driver, over a WebSocket and over HTTP, as by node-postgres.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { neonConfig } from '@neondatabase/serverless';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Driver, openDatabase } from '../../../../functions/adapters/postgres/open-database.ts';
import { forgetPostgres, type Postgres, startPostgres } from '../../../../infra/local/postgres/postgres.ts';
import { collect } from '../../../../shared/query-optimizer/collect/collect.ts';
import { type NeonProxy, startNeonProxy } from '../../../fakes/neon-proxy.ts';

/** What the driver keeps of what was set. */
const settings = neonConfig as unknown as { opts: object };

describe('a snapshot by Neon’s driver', () => {
  const stateDir = mkdtempSync(join(tmpdir(), 'headrace-test-'));
  const before = { ...settings.opts };
  let server: Postgres;
  let proxy: NeonProxy;

  beforeAll(async () => {
    server = await startPostgres({ stateDir });
    const owner = new Client({ connectionString: server.url });
    await owner.connect();
    await owner.query(`CREATE TABLE parcel (id int PRIMARY KEY, "Größe" text);
      INSERT INTO parcel SELECT n, 'é' || n FROM generate_series(1, 500) n; ANALYZE parcel`);
    await owner.end();
    proxy = await startNeonProxy(server.url);
    neonConfig.fetchEndpoint = () => `http://${proxy.host}/sql`;
    neonConfig.wsProxy = () => `${proxy.host}/v2`;
    neonConfig.useSecureWebSocket = false;
    neonConfig.pipelineTLS = false;
    neonConfig.pipelineConnect = false;
  });
  afterAll(async () => {
    Object.assign(settings, { opts: before });
    await proxy.stop();
    await server.stop();
    await forgetPostgres(stateDir);
  });

  const take = async (driver: Driver) => {
    const database = await openDatabase(server.url, { driver });
    try {
      // Neither the counters nor the workload stand still.
      const snapshot = await collect(database.reader, { clock: () => 0 });
      const relations = snapshot.relations.map(({ activity, ...relation }) => relation);
      return { ...snapshot, relations, connections: undefined, workload: snapshot.workload.length > 0 };
    } finally {
      await database.close();
    }
  };

  it('is the one that node-postgres takes', async () => {
    const byPg = await take('pg');
    expect(byPg.relations.map(({ name }) => name)).toEqual(['parcel']);
    expect(await take('neon')).toEqual(byPg);
    expect(await take('neon-http')).toEqual(byPg);
    expect(proxy.requests.map(({ path }) => path)).toContain('/v2');
  });

  it('over HTTP reads in transactions that cannot write, and passes on what the server refuses', async () => {
    const { reader } = await openDatabase(server.url, { driver: 'neon-http' });
    await expect(reader.read('INSERT INTO public.parcel VALUES (0)')).rejects.toMatchObject({
      code: '25006',
    });
    expect(await reader.read('SELECT count(*)::int AS count FROM public.parcel')).toEqual([{ count: 500 }]);
    const asked = proxy.requests.filter(({ path }) => path === '/sql');
    expect(new Set(asked.map(({ readOnly }) => readOnly))).toEqual(new Set(['true']));
  });

  it('whose proxy is gone is said to be lost', async () => {
    const gone = await startNeonProxy(server.url);
    await gone.stop();
    neonConfig.fetchEndpoint = () => `http://${gone.host}/sql`;
    const { reader } = await openDatabase(server.url, { driver: 'neon-http' });
    await expect(reader.read('SELECT 1')).rejects.toMatchObject({ name: 'SessionLost' });
    neonConfig.fetchEndpoint = () => `http://${proxy.host}/sql`;
  });
});
