import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, get, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startRedis } from '../../infra/local/redis/start.ts';
import { isRunning, type Launched, launch, makeStateDir, READY, removeStateDir } from './launched.ts';

let stateDir: string;
let origin: Server;
let originUrl: string;
const running: Launched[] = [];

beforeAll(async () => {
  stateDir = await makeStateDir();
  origin = createServer((_, response) => {
    response.setHeader('cache-control', 'max-age=60').end('the origin');
  }).listen(0, '127.0.0.1');
  await once(origin, 'listening');
  originUrl = `http://127.0.0.1:${(origin.address() as AddressInfo).port}`;
});

afterAll(async () => {
  for (const launched of running) launched.process.kill('SIGTERM');
  await Promise.all(running.map(({ exit }) => exit));
  origin.closeAllConnections();
  origin.close();
  await removeStateDir(stateDir);
});

function serve(environment: Readonly<Record<string, string>> = {}): Launched {
  const launched = launch('serve', { stateDir, environment: { ORIGIN_URL: originUrl, ...environment } });
  running.push(launched);
  return launched;
}

async function stop(launched: Launched): Promise<number | null> {
  launched.process.kill('SIGTERM');
  return launched.exit;
}

/** The Cache-Status of an answer, asked for under a Host that fetch() would not send. */
async function ask(url: string, headers: Readonly<Record<string, string>>): Promise<string> {
  const [response] = await once(get(url, { headers, agent: false }), 'response');
  response.resume();
  await once(response, 'end');
  return response.headers['cache-status'];
}

test('caches in front of the origin with nothing else given, and keeps its admin API closed', async () => {
  const launched = serve();
  const edge = await launched.prints(READY);
  expect(await (await fetch(edge)).text()).toBe('the origin');
  expect((await fetch(edge)).headers.get('cache-status')).toContain('hit');
  const purge = await fetch(`${edge}/api/admin/cache/purge`, { method: 'POST', body: '{"tags":["a"]}' });
  expect(purge.status).toBe(401);
  expect(launched.output()).toMatch(/^admin +closed: set ADMIN_TOKEN/m);
  expect(launched.output()).toMatch(/^redis +none/m);
  expect(existsSync(join(stateDir, 'stack.json'))).toBe(false);
  expect(await stop(launched)).toBe(0);
  expect(launched.complaints()).toBe('');
  await expect(fetch(edge)).rejects.toThrow('fetch failed');
});

test('shares its cache by Redis when it is given one', async () => {
  const redis = await startRedis();
  const environment = { UPSTASH_REDIS_REST_URL: redis.url, UPSTASH_REDIS_REST_TOKEN: redis.token };
  const host = { host: 'shop.example.com' };
  const first = serve(environment);
  await ask(`${await first.prints(READY)}/shared`, host);
  expect(await stop(first)).toBe(0);
  const second = serve(environment);
  expect(await ask(`${await second.prints(READY)}/shared`, host)).toContain('hit');
  expect(await stop(second)).toBe(0);
  await redis.stop();
});

test.each([
  ['no origin', { ORIGIN_URL: '' }, /^ORIGIN_URL is not set [^\n]+\n$/],
  [
    'itself as its origin',
    { PORT: '45872', ORIGIN_URL: 'http://127.0.0.1:45872' },
    /^ORIGIN_URL [^\n]+ is the edge itself[^\n]+\n$/,
  ],
])('refuses %s in one sentence: exit code 2', async (_, environment, sentence) => {
  const launched = serve(environment);
  expect(await launched.exit).toBe(2);
  expect(launched.errors()).toMatch(sentence);
});

test('refuses a taken port in one sentence: exit code 3', async () => {
  const launched = serve({ PORT: new URL(originUrl).port, ORIGIN_URL: 'http://127.0.0.1:9' });
  expect(await launched.exit).toBe(3);
  expect(launched.errors()).toMatch(/^Port \d+ on 127\.0\.0\.1 is taken: [^\n]+\n$/);
});

test('killed with the process that started it, it is ended by the next one on its port', async () => {
  const first = serve();
  const { port } = new URL(await first.prints(READY));
  expect(await stop(first)).toBe(0);
  const killed = serve({ PORT: port });
  await killed.prints(READY);
  const record = JSON.parse(await readFile(join(stateDir, `serve-${port}.json`), 'utf8')) as {
    pid: number;
  }[];
  killed.process.kill('SIGKILL');
  const [launcher, edge] = record.map(({ pid }) => pid) as [number, number];
  process.kill(launcher, 'SIGKILL');
  const next = serve({ PORT: port });
  await next.prints(READY);
  expect(isRunning(edge)).toBe(false);
  expect(await stop(next)).toBe(0);
});
