/**
 * Redis that answers, but not as it should: refusing writes, refusing too many, forgetting, slow just below the deadline.
 * What it is to be unreachable is in redis.test.ts.
 */

import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LocalRedis, startRedis } from '../../infra/local/redis/start.ts';
import { ask } from './ask.ts';
import { type Flow, startFlow } from './flow.ts';
import { leastMs } from './least.ts';

/** What Redis may add to one request in all. */
const DEADLINE_MS = 250;

type Trouble = (
  request: IncomingMessage,
  response: ServerResponse,
  body: Buffer,
) => boolean | Promise<boolean>;

let redis: LocalRedis;
let flow: Flow;
let front: { url: string; stop(): void };
/** Answers itself and says so, or lets the request through. */
let trouble: Trouble = () => false;

beforeAll(async () => {
  redis = await startRedis();
  front = await startFront(() => trouble);
  flow = await startFlow({
    config: { levels: { l2: { tagsTtl: '0s', deadline: `${DEADLINE_MS}ms` } } },
    variables: { UPSTASH_REDIS_REST_URL: front.url, UPSTASH_REDIS_REST_TOKEN: redis.token },
  });
});
afterAll(async () => {
  await flow.stop();
  front.stop();
  await redis.stop();
});

async function startFront(troubleNow: () => Trouble) {
  const pass = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    if (await troubleNow()(request, response, body)) return;
    const passed = await fetch(redis.url + request.url, {
      method: 'POST',
      headers: { ...(request.headers as Record<string, string>), connection: 'keep-alive' },
      body,
    });
    response.writeHead(passed.status, { 'content-type': passed.headers.get('content-type') ?? '' });
    response.end(Buffer.from(await passed.arrayBuffer()));
  };
  // Who is still asking when all of it ends gets no answer.
  const server = createServer((request, response) => pass(request, response).catch(() => response.destroy()));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

const isWrite: (request: IncomingMessage, body: Buffer) => boolean = ({ url = '' }, body) =>
  /^\/set\//i.test(url) || /^\[+"(SET|MSET|EVALSHA)"/.test(body.toString('latin1', 0, 20));

const refusing =
  (message: string): Trouble =>
  (request, response, body) => {
    if (!isWrite(request, body)) return false;
    response.writeHead(400, { 'content-type': 'application/json' }).end(JSON.stringify({ error: message }));
    return true;
  };

const TROUBLES: [string, Trouble][] = [
  ['is out of memory', refusing("OOM command not allowed when used memory > 'maxmemory'.")],
  ['is read-only', refusing("READONLY You can't write against a read only replica.")],
  [
    'has had too many requests',
    (_, response) => {
      response.writeHead(429, { 'content-type': 'application/json', 'retry-after': '1' });
      response.end('{"error":"ERR max daily request limit exceeded"}');
      return true;
    },
  ],
  [
    'rejects the token',
    (_, response) => {
      response.writeHead(401, { 'content-type': 'application/json' });
      response.end('{"error":"WRONGPASS invalid or missing auth token"}');
      return true;
    },
  ],
  [
    'answers with a page for people',
    (_, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Sign in to this network</h1>');
      return true;
    },
  ],
];

describe.each(TROUBLES)('Redis that %s', (_, next) => {
  test('is no one’s error: misses, hits and stale ones are served', async () => {
    const edge = await flow.another();
    const page = flow.origin.page({ headers: { 'cache-control': 'max-age=60' }, body: 'page' });
    await ask(edge.url, `${page.path}/before`);
    trouble = next;
    const paths = ['before', 'a', 'a', 'b', 'b', 'a', 'before'].map(name => `${page.path}/${name}`);
    const tookMs: number[] = [];
    for (const path of paths) {
      const startedAt = performance.now();
      expect(await ask(edge.url, path)).toMatchObject({ status: 200, text: 'page' });
      tookMs.push(performance.now() - startedAt);
    }
    // An answer of whatever kind is none to wait for.
    expect(Math.min(...tookMs)).toBeLessThan(DEADLINE_MS);
    expect(page.asked).toHaveLength(3);
    trouble = () => false;
  });
});

test('Redis that forgets everything at any time only makes misses of hits', async () => {
  const page = flow.origin.page(({ headers }, response) =>
    response
      .writeHead(200, { 'cache-control': 'max-age=60', vary: 'accept-language', 'surrogate-key': 'all' })
      .end(`in ${headers['accept-language']}`),
  );
  const edges = [flow.url, (await flow.another()).url];
  for (let round = 0; round < 4; round++) {
    for (const [at, url] of edges.entries()) {
      const language = at === round % 2 ? 'de' : 'fr';
      const reply = await ask(url, page.path, {
        headers: { host: new URL(flow.url).host, 'accept-language': language },
      });
      expect([reply.status, reply.text]).toEqual([200, `in ${language}`]);
    }
    await fetch(redis.url, {
      method: 'POST',
      headers: { authorization: `Bearer ${redis.token}` },
      body: '["FLUSHALL"]',
    });
  }
});

describe('Redis that is slow, just below its deadline', () => {
  const SLOW_MS = 200;
  const slowly: Trouble = async () => {
    await sleep(SLOW_MS);
    return false;
  };

  const whileSlow = async (work: () => Promise<void>) => {
    trouble = slowly;
    const tookMs = await leastMs(2 * SLOW_MS, work);
    trouble = () => false;
    return tookMs;
  };
  const newPage = (headers = {}) =>
    flow.origin.page({ headers: { 'cache-control': 'max-age=60', ...headers }, body: 'page' });

  test('adds one deadline to a request, also when it is asked twice', async () => {
    const other = await flow.another();
    // Purged elsewhere: memory is asked about first, and then Redis for a newer one.
    const purged = newPage({ 'surrogate-key': 'slow-tag' });
    const paths = Array.from({ length: 5 }, (_, n) => `${purged.path}/${n}`);
    for (const path of paths) {
      await ask(other.url, path);
      expect((await ask(other.url, path)).cacheStatus).toContain('detail=L1');
    }
    await flow.purge({ tags: ['slow-tag'] });
    const tookMs = await whileSlow(async () => {
      expect(await ask(other.url, paths.shift() ?? '')).toMatchObject({ status: 200, text: 'page' });
    });
    expect(tookMs).toBeGreaterThan(SLOW_MS);
    expect(tookMs).toBeLessThan(2 * SLOW_MS);
  });

  test.each(['GET', 'POST'])('adds no more to a %s of which others wait for', async method => {
    const tookMs = await whileSlow(async () => {
      const { path } = newPage();
      const replies = await Promise.all(Array.from({ length: 10 }, () => flow.ask(path, { method })));
      expect(replies.every(({ status, text }) => status === 200 && text === 'page')).toBe(true);
    });
    expect(tookMs).toBeLessThan(2 * SLOW_MS);
  });
});
