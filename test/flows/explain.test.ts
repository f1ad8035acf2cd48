import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LocalRedis, startRedis } from '../../infra/local/redis/start.ts';
import { eventually } from '../eventually.ts';
import { ask } from './ask.ts';
import { ADMIN_TOKEN, type Flow, startFlow } from './flow.ts';

let redis: LocalRedis;
let flow: Flow;
let other: string;

beforeAll(async () => {
  redis = await startRedis();
  flow = await startFlow({
    variables: { UPSTASH_REDIS_REST_URL: redis.url, UPSTASH_REDIS_REST_TOKEN: redis.token },
    config: { routes: [{ match: ['/page-*/a', '/page-*/b'], ttl: '90s' }] },
  });
  other = (await flow.another()).url;
});
afterAll(async () => {
  await flow.stop();
  await redis.stop();
});

async function explain(question: unknown, at = flow.url) {
  const headers = { authorization: `Bearer ${ADMIN_TOKEN}` };
  const body = JSON.stringify(question);
  const reply = await ask(at, '/api/admin/cache/explain', { method: 'POST', headers, body });
  return { status: reply.status, cache: reply.headers['cache-control'], ...JSON.parse(reply.text) };
}
const absolute = (path: string) => `http://${new URL(flow.url).host}${path}`;
/** The answer is stored behind the response. */
async function store(path: string, question = {}) {
  await flow.ask(path, question);
  await eventually(async () => {
    const { decision } = await explain({ url: path, ...question });
    expect(decision.kind).toBe('hit');
  });
}
const page = (headers: Record<string, string> = { 'cache-control': 'max-age=60' }) =>
  flow.origin.page({ headers, body: 'page' });

describe('explain', () => {
  test('tells of a miss, then of a hit, and never asks the origin', async () => {
    const { path, asked } = page();
    expect(await explain({ url: path })).toMatchObject({
      status: 200,
      cache: 'no-store',
      key: absolute(path),
      rule: '/*',
      decision: { kind: 'fetch', reason: 'uri-miss' },
      instants: null,
      words: expect.stringMatching(/^Nothing usable is stored/),
    });
    expect(asked).toHaveLength(0);
    await store(path);
    const told = await explain({ url: absolute(path) });
    expect(told).toMatchObject({
      decision: { kind: 'hit', level: 'L1' },
      words: expect.stringMatching(/^It is fresh for \d+ seconds, by max-age: .*RFC 9111 §4\.2/),
    });
    const { receivedAt, freshUntil } = told.instants;
    // What the answer took counts as its age.
    const freshMs = Date.parse(freshUntil) - Date.parse(receivedAt);
    expect([freshMs <= 60_000, freshMs > 50_000]).toEqual([true, true]);
    expect(asked).toHaveLength(1);
  });

  test('reads Redis, and leaves memory as it was', async () => {
    const { path } = page();
    await store(path);
    const question = { url: absolute(path) };
    const isInRedis = async () =>
      expect((await explain(question, other)).decision).toMatchObject({ level: 'L2' });
    await eventually(isInRedis);
    await isInRedis();
    expect((await ask(other, path, { headers: { host: new URL(flow.url).host } })).cacheStatus).toContain(
      'L2',
    );
  });

  test('judges by the route and by the headers of the request', async () => {
    const { path } = page({ 'cache-control': 'max-age=60', vary: 'x-shop' });
    const shop = { headers: { 'X-Shop': 'at' } };
    await store(`${path}/a`, shop);
    expect(await explain({ url: `${path}/a`, ...shop })).toMatchObject({
      rule: '/page-*/a, /page-*/b',
      decision: { kind: 'hit', variesBy: ['x-shop'] },
      words: expect.stringContaining('by the route’s ttl'),
    });
    const inGerman = { url: `${path}/a`, headers: { 'X-Shop': 'de' } };
    expect((await explain(inGerman)).decision).toMatchObject({ kind: 'fetch', reason: 'vary-miss' });
    const again = { url: `${path}/a`, headers: { 'X-Shop': 'at', 'Cache-Control': 'no-cache' } };
    expect((await explain(again)).decision).toMatchObject({ kind: 'revalidate', reason: 'request' });
    expect(await explain({ url: path, headers: { 'cache-control': 'only-if-cached' } })).toMatchObject({
      decision: { kind: 'unavailable' },
      words: expect.stringContaining('504'),
    });
  });

  test('tells what is passed on or refused', async () => {
    expect(await explain({ url: '/x', method: 'POST' })).toMatchObject({
      decision: { kind: 'pass', forwarded: 'method' },
    });
    expect(await explain({ url: '/a%2f%2e%2e/b' })).toMatchObject({
      decision: { kind: 'refuse', status: 400, code: 'REQUEST_TARGET_AMBIGUOUS' },
      key: null,
    });
  });

  test('tells of a soft purge', async () => {
    const { path } = page({ 'cache-control': 'max-age=60', etag: '"a"' });
    await store(path);
    await flow.purge({ urls: [path], soft: true });
    expect(await explain({ url: path })).toMatchObject({
      decision: { kind: 'stale', level: 'L1' },
      words: expect.stringContaining('purged softly'),
    });
  });

  test.each([
    [{}, /^url must be/],
    [{ url: 'products' }, /^url must be/],
    [{ url: '/a', method: 'get' }, /^method must be/],
    [{ url: '/a', headers: { 'a b': 'c' } }, /^headers\.a b must be/],
    [{ url: '/a', headers: { a: 'b\r\nc: d' } }, /^headers\.a must be/],
    [{ url: '/a', body: 'x' }, /^body is not known here/],
    ['text', /^the body must be an object/],
  ])('%j: 400 that names the field', async (question, detail) => {
    const told = await explain(question);
    expect([told.status, told.code]).toEqual([400, 'EXPLAIN_INVALID']);
    expect(told.detail).toMatch(detail);
  });

  test('is the administrator’s', async () => {
    const reply = await flow.ask('/api/admin/cache/explain', { method: 'POST', body: '{"url":"/"}' });
    expect(reply.status).toBe(401);
  });
});
