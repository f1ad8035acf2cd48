import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type LocalAws, localCredentials, startAws } from '../../infra/local/aws/start.ts';
import { type LocalRedis, startRedis } from '../../infra/local/redis/start.ts';
import { topology } from '../../infra/topology.ts';
import { type Launched, launch, makeStateDir, READY, removeStateDir } from './launched.ts';

/** Nothing listens there: whoever connects to it fails. */
const DATABASE_URL = 'postgres://me:s3cret@127.0.0.1:9/mine';

let stateDir: string;
let redis: LocalRedis;
let aws: LocalAws;
let origin: Server;
let launched: Launched;

beforeAll(async () => {
  stateDir = await makeStateDir();
  redis = await startRedis();
  aws = await startAws({ topology, credentials: localCredentials({}) });
  origin = createServer((_, response) => response.end('my own')).listen(0, '127.0.0.1');
  await once(origin, 'listening');
});

afterEach(async () => {
  launched.process.kill('SIGTERM');
  expect(await launched.exit).toBe(0);
});

afterAll(async () => {
  await Promise.all([redis.stop(), aws.stop()]);
  origin.closeAllConnections();
  origin.close();
  await removeStateDir(stateDir);
});

async function startWith(environment: Readonly<Record<string, string>>) {
  launched = launch('start', { stateDir, environment });
  const edge = await launched.prints(READY);
  return { edge, stack: JSON.parse(await readFile(join(stateDir, 'stack.json'), 'utf8')) };
}

test('takes the user’s Redis, database and AWS instead of its own, and leaves the database alone', async () => {
  const { edge, stack } = await startWith({
    UPSTASH_REDIS_REST_URL: redis.url,
    UPSTASH_REDIS_REST_TOKEN: redis.token,
    DATABASE_URL,
    AWS_ENDPOINT_URL: aws.endpoint,
  });
  expect(stack).toMatchObject({
    redis: { url: redis.url, token: redis.token },
    database: DATABASE_URL,
    aws: { endpoint: aws.endpoint },
    pids: { redis: null, postgres: null, origin: expect.any(Number) },
  });
  expect(launched.output()).toMatch(/^ {2}postgres +postgres:\/\/me@127\.0\.0\.1:9\/mine +- +yours$/m);
  expect((await fetch(`${edge}/products/1`)).status).toBe(200);
  expect(await (await fetch(`${edge}/api/performance/health`)).json()).toMatchObject({ status: 'healthy' });
});

test('takes the user’s origin instead of the demo, and keeps a given admin token to itself', async () => {
  const ORIGIN_URL = `http://127.0.0.1:${(origin.address() as AddressInfo).port}`;
  const ADMIN_TOKEN = 'a-token-that-only-the-user-knows-of';
  const { edge, stack } = await startWith({ ORIGIN_URL, ADMIN_TOKEN });
  expect(stack).toMatchObject({ origin: ORIGIN_URL, pids: { origin: null, postgres: expect.any(Number) } });
  expect(await (await fetch(edge)).text()).toBe('my own');
  expect(launched.output()).not.toContain(ADMIN_TOKEN);
  expect(launched.output()).toContain('"Authorization: Bearer $ADMIN_TOKEN"');
  const purge = await fetch(`${edge}/api/admin/cache/purge`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
    body: '{"urls":["/"]}',
  });
  expect(purge.status).toBe(202);
});
