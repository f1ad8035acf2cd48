/**
 * Flow: a change in the database of the demo's shop, made by nobody who knows of the edge -> the trigger -> the function in
 * AWS's runtime client -> a purge at the edge -> every isolate asks the shop anew.
 */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type LocalAws, localCredentials, startAws } from '../../infra/local/aws/start.ts';
import { startDemo } from '../../infra/local/demo/start.ts';
import { type Edge, startEdge } from '../../infra/local/edge/start.ts';
import { startFunctions } from '../../infra/local/functions/start.ts';
import { topology as real } from '../../infra/topology.ts';
import { createClient } from '../../shared/client/client.ts';
import { type OutboxDatabase, startOutboxDatabase } from '../contracts/outbox-database.ts';
import { startRedisTier } from '../contracts/redis-tier.ts';
import { eventually, until } from '../eventually.ts';
import { ask } from './ask.ts';
import { bundleWith } from './bundle-with.ts';
import { ADMIN_TOKEN } from './flow.ts';

const TAGS = 'product-{id},category-{category_id},catalogue';
const WATCHES = 'drain-outbox';
const DRAINS_NOW = 'drain-outbox-now';
const topology = {
  buckets: real.buckets,
  queues: {},
  functions: { [WATCHES]: real.functions[WATCHES], [DRAINS_NOW]: real.functions[DRAINS_NOW] },
};

const stopping: (() => Promise<unknown>)[] = [];
let database: OutboxDatabase;
let aws: LocalAws;
let edges: readonly [Edge, Edge];
let functions: Awaited<ReturnType<typeof startFunctions>>;

beforeAll(async () => {
  const log = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  stopping.push(async () => log.mockRestore());
  const stateDir = await mkdtemp(join(tmpdir(), 'headrace-outbox-flow-'));
  stopping.push(() => rm(stateDir, { recursive: true }));
  const started = await Promise.all([
    startOutboxDatabase(),
    startRedisTier(),
    startAws({ topology, credentials: localCredentials({}) }),
  ]);
  const [, redis] = started;
  [database, , aws] = started;
  stopping.push(...started.map(part => () => part.stop()));
  const demo = await startDemo({ databaseUrl: database.url, products: 60 });
  stopping.push(demo.stop);
  const config = { routes: [], levels: { l2: { deadline: '10s' as const, tagsTtl: '0s' as const } } };
  const worker = await bundleWith(config, join(stateDir, 'worker.js'));
  const variables = {
    ORIGIN_URL: demo.url,
    ADMIN_TOKEN,
    UPSTASH_REDIS_REST_URL: redis.url,
    UPSTASH_REDIS_REST_TOKEN: redis.token,
    AWS_ACCESS_KEY_ID: aws.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: aws.credentials.secretAccessKey,
    FUNCTIONS_URL: `${aws.endpoint}/2015-03-31/functions/`,
  };
  const start = () =>
    startEdge({ worker, port: 0, host: '127.0.0.1', variables, upstreams: {}, graceMs: 50 });
  edges = await Promise.all([start(), start()]);
  stopping.push(...edges.map(edge => edge.stop));
  const environment = {
    EDGE_URL: edges[0].url,
    EDGE_ADMIN_TOKEN: ADMIN_TOKEN,
    DATABASE_URL: database.url,
    OUTBOX_POLL_MS: '200',
  };
  functions = await startFunctions({ topology, aws, environment, stateDir, log: () => {} });
  stopping.push(functions.stop);
});
afterAll(async () => {
  for (const stop of stopping.reverse()) await stop();
});

const client = () => createClient({ url: edges[0].url, token: ADMIN_TOKEN });
const pages = (path: string) =>
  Promise.all(edges.map(async ({ url }) => String((await ask(url, path)).body)));
const rename = (id: number, name: string) =>
  database.pool.query('UPDATE shop.products SET name = $2 WHERE id = $1', [id, name]);

async function untilCached(path: string): Promise<void> {
  await eventually(async () => {
    for (const { url } of edges) {
      const reply = await ask(url, path);
      expect(reply.headers['cache-status']).toContain('hit');
    }
  });
}

describe('the outbox of the demo', () => {
  it('is absent, and says so, before a table is watched', async () => {
    expect(await client().outbox.get()).toEqual({ state: 'absent', changes: 0, lagMs: 0 });
    expect(await client().outbox.drain()).toMatchObject({ state: 'absent' });
  });

  it('purges what was changed when it is told to, and nothing else', async () => {
    await database.watch('products', TAGS, { schema: 'shop' });
    await untilCached('/products/1');
    await untilCached('/products/2');
    await rename(1, 'Renamed by hand');
    expect((await pages('/products/1')).join()).not.toContain('Renamed by hand');
    expect(await client().outbox.get()).toMatchObject({ state: 'waiting', changes: 1 });
    expect(await client().outbox.drain()).toMatchObject({ state: 'current', changes: 1, purges: 1, tags: 3 });
    for (const body of await pages('/products/1')) expect(body).toContain('Renamed by hand');
    expect((await ask(edges[0].url, '/products/2')).headers['cache-status']).toContain('hit');
    expect(await client().outbox.get()).toEqual({ state: 'current', changes: 0, lagMs: 0 });
  });

  it('keeps what could not be purged, and says why', async () => {
    const { ok, payload } = await functions.invoke(DRAINS_NOW, '{"look":true}');
    expect([ok, JSON.parse(payload)]).toEqual([true, { outbox: { changes: 0, lagMs: 0 } }]);
    await database.run('ALTER TABLE headrace.outbox RENAME COLUMN tags TO labels');
    await expect(client().outbox.drain()).rejects.toMatchObject({
      code: 'OUTBOX_FAILED',
      detail: expect.stringContaining('column "tags" does not exist'),
    });
    await database.run('ALTER TABLE headrace.outbox RENAME COLUMN labels TO tags');
  });

  it('is emptied all the time by what the schedule calls', async () => {
    await untilCached('/products/3');
    const watching = functions.invoke(WATCHES, '{}');
    watching.catch(() => {});
    await rename(3, 'Renamed while it looked');
    await until(async () =>
      (await pages('/products/3')).every(body => body.includes('Renamed while it looked')),
    );
    await untilCached('/products/3');
    await rename(3, 'Renamed again');
    await until(async () => (await pages('/products/3')).every(body => body.includes('Renamed again')));
  });
});
