import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type LocalRedis, startRedis } from '../../infra/local/redis/start.ts';
import { BREAKER_DEFAULTS } from '../../shared/resilience/breaker.ts';
import { eventually } from '../eventually.ts';
import { type Fault, type FaultProxy, startFaultProxy } from '../fakes/fault-proxy.ts';
import { ask } from './ask.ts';
import { type Flow, startFlow } from './flow.ts';

/** What Redis may add to one request in all. */
const DEADLINE_MS = 250;

let redis: LocalRedis;
let between: FaultProxy;
let flow: Flow;

beforeAll(async () => {
  redis = await startRedis();
  between = await startFaultProxy(redis.url);
  flow = await startFlow({
    config: { levels: { l2: { deadline: `${DEADLINE_MS}ms` } } },
    variables: { UPSTASH_REDIS_REST_URL: between.url, UPSTASH_REDIS_REST_TOKEN: redis.token },
  });
});
beforeEach(() => between.heal());
afterAll(async () => {
  await flow.stop();
  await between.stop();
  await redis.stop();
});

const host = () => ({ headers: { host: new URL(flow.url).host } });
const cached = (body: string | Uint8Array = 'page', headers = {}) =>
  flow.origin.page({ headers: { 'cache-control': 'max-age=60', ...headers }, body });

async function redisKeys(): Promise<string[]> {
  const { result } = (await command(['KEYS', '*:e:*'])) as { result: string[] };
  return result;
}

async function command(words: readonly string[]): Promise<unknown> {
  const headers = { authorization: `Bearer ${redis.token}` };
  return (await fetch(redis.url, { method: 'POST', headers, body: JSON.stringify(words) })).json();
}

/** Stored by the one edge, in Redis too. */
async function storedInRedis(path: string): Promise<string> {
  const before = await redisKeys();
  await flow.ask(path);
  return eventually(async () => {
    const [added] = (await redisKeys()).filter(key => !before.includes(key));
    if (!added) throw new Error('not there yet');
    return added;
  });
}

describe('a second edge on the same Redis', () => {
  test('serves what the first one stored, bytes and fields, without asking the origin', async () => {
    const body = Buffer.from([0, 255, 13, 10, 128, 7]);
    const page = cached(body, { 'content-type': 'image/png', etag: '"v1"', 'surrogate-key': 'x' });
    await storedInRedis(page.path);
    const other = await flow.another();
    const reply = await ask(other.url, page.path, host());
    expect(reply.cacheStatus).toMatch(/^hit; ttl=\d+; detail=L2$/);
    expect(reply.body.equals(body)).toBe(true);
    expect(reply.headers).toMatchObject({ 'content-type': 'image/png', etag: '"v1"', 'content-length': '6' });
    expect((await ask(other.url, page.path, host())).cacheStatus).toContain('detail=L1');
    expect(page.asked).toHaveLength(1);
  });

  test('knows the variants, too', async () => {
    const page = flow.origin.page(({ headers }, response) => {
      response
        .writeHead(200, { 'cache-control': 'max-age=60', vary: 'accept-language' })
        .end(headers['accept-language']);
    });
    const question = { headers: { ...host().headers, 'accept-language': 'de' } };
    const before = (await redisKeys()).length;
    await flow.ask(page.path, question);
    // The variant, and what it varies by.
    await eventually(async () => expect(await redisKeys()).toHaveLength(before + 2));
    const other = await flow.another();
    expect((await ask(other.url, page.path, question)).cacheStatus).toContain('L2');
    expect(page.asked).toHaveLength(2);
  });

  test('takes a damaged value for a miss, and writes it anew', async () => {
    const page = cached();
    const key = await storedInRedis(page.path);
    await command(['SETRANGE', key, '40', 'garbage']);
    const other = await flow.another();
    expect(await ask(other.url, page.path, host())).toMatchObject({
      status: 200,
      text: 'page',
      cacheStatus: expect.stringContaining('fwd=uri-miss'),
    });
    const third = await flow.another();
    await eventually(async () =>
      expect((await ask(third.url, page.path, host())).cacheStatus).toContain('L2'),
    );
  });

  test('takes a value of another kind for a miss', async () => {
    const page = cached();
    const key = await storedInRedis(page.path);
    await command(['DEL', key]);
    await command(['RPUSH', key, 'not', 'a', 'string']);
    const other = await flow.another();
    expect(await ask(other.url, page.path, host())).toMatchObject({ status: 200, text: 'page' });
  });
});

test('an answer too large for Redis stays in memory, and Redis is not blamed for it', async () => {
  const page = cached(Buffer.alloc(4 * 1024 * 1024, 'x'));
  const before = await redisKeys();
  for (let n = 0; n < 6; n++) {
    await flow.ask(`${page.path}/${n}`);
    expect((await flow.ask(`${page.path}/${n}`)).cacheStatus).toContain('detail=L1');
  }
  expect(await redisKeys()).toEqual(before);
  await storedInRedis(cached('small').path);
});

const FAULTS: [string, Fault][] = [
  ['refuses', { kind: 'refuse' }],
  ['hangs', { kind: 'hang' }],
  ['resets', { kind: 'reset' }],
  ['is cut off', { kind: 'cut', afterBytes: 30 }],
  ['is slow', { kind: 'delay', ms: 2_000 }],
  [
    'answers 500',
    { kind: 'say', bytes: 'HTTP/1.1 500 Oops\r\nContent-Length: 4\r\nConnection: close\r\n\r\nOops' },
  ],
  [
    'answers nonsense',
    { kind: 'say', bytes: 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\n*9\r\n$' },
  ],
  ['is no HTTP', { kind: 'say', bytes: '-ERR wrong port\r\n' }],
];

describe.each(FAULTS)('Redis that %s', (_, fault) => {
  test('is no one’s error: each request is served, a little later at first, then at once', async () => {
    const edge = await flow.another();
    const page = cached();
    await between.fail(fault);
    const tookMs: number[] = [];
    const connections: number[] = [];
    for (let n = 0; n < 12; n++) {
      const startedAt = performance.now();
      const reply = await ask(edge.url, `${page.path}/${n}`);
      tookMs.push(performance.now() - startedAt);
      connections.push(between.connections());
      expect([reply.status, reply.text]).toEqual([200, 'page']);
    }
    // Who waited twice would take twice as long each time; a busy machine makes one or the other late.
    expect(Math.min(...tookMs.slice(0, BREAKER_DEFAULTS.failures))).toBeLessThan(2 * DEADLINE_MS - 10);
    // Nobody waits for Redis any more, as nobody asks it.
    expect(Math.min(...tookMs.slice(-3))).toBeLessThan(DEADLINE_MS);
    expect(new Set(connections.slice(-3)).size).toBe(1);
    expect((await ask(edge.url, `${page.path}/0`)).cacheStatus).toContain('detail=L1');
  });
});

test('the log tells that Redis failed, without its token and not once per request', () => {
  const lines = flow
    .printed()
    .split('\n')
    .filter(line => line.includes('level-failed'));
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.length).toBeLessThan(FAULTS.length * 6);
  expect(flow.printed()).not.toContain(redis.token);
});
