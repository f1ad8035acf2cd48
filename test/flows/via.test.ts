import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../eventually.ts';
import { ask } from './ask.ts';
import { type Flow, startFlow } from './flow.ts';

let flow: Flow;

beforeAll(async () => {
  flow = await startFlow();
});
afterAll(() => flow.stop());

const cached = (headers = {}) =>
  flow.origin.page({ headers: { 'cache-control': 'max-age=60', ...headers }, body: 'page' });

describe('Via', () => {
  test('is said to the client, on a miss, a hit and a pass, after those that came before', async () => {
    const page = cached({ via: '1.1 shield' });
    for (const question of [{}, {}, { method: 'POST' }])
      expect((await flow.ask(page.path, question)).headers.via).toBe('1.1 shield, 1.1 headrace');
  });

  test('stays one when a 304 confirms what is stored', async () => {
    const page = cached({ etag: '"v1"' });
    await flow.ask(page.path);
    page.becomes({ status: 304, headers: { etag: '"v1"', 'cache-control': 'max-age=60' } });
    const reload = await flow.ask(page.path, { headers: { 'cache-control': 'no-cache' } });
    expect(reload.headers.via).toBe('1.1 headrace');
    expect((await flow.ask(page.path)).headers.via).toBe('1.1 headrace');
  });

  test('is said to the origin, with those before it where the answer is one client’s alone', async () => {
    const page = cached();
    await flow.ask(page.path, { method: 'POST', headers: { via: '1.0 proxy', 'cdn-loop': 'other; a=1' } });
    expect(page.asked[0]?.headers).toMatchObject({
      via: '1.0 proxy, 1.1 headrace',
      'cdn-loop': 'other; a=1, headrace',
    });
  });

  test('and CDN-Loop of a client’s own making never shape an answer for everyone', async () => {
    const page = cached();
    const headers = { via: '1.1 <script>', 'cdn-loop': '<script>' };
    expect((await flow.ask(page.path, { headers })).cacheStatus).toContain('stored');
    expect(page.asked[0]?.headers).toMatchObject({ via: '1.1 headrace', 'cdn-loop': 'headrace' });
  });
});

test('a response without a Date gets one, on a miss, a hit and a pass', async () => {
  const page = flow.origin.page((_, response) => {
    response.sendDate = false;
    response.writeHead(200, { 'cache-control': 'max-age=60' }).end('page');
  });
  for (const question of [{}, {}, { method: 'POST' }]) {
    const { date } = (await flow.ask(page.path, question)).headers;
    expect(Math.abs(Date.parse(String(date)) - Date.now())).toBeLessThan(20_000);
  }
});

describe('installations one behind the other', () => {
  test('each caches, each says so, and ages and tags are counted once', async () => {
    const middle = await flow.another();
    const outer = await flow.another({ ORIGIN_URL: middle.url });
    const page = cached({ age: '7', 'surrogate-key': 'a' });
    const miss = await ask(outer.url, page.path);
    expect(miss.headers['cache-status']).toBe(
      'Headrace; fwd=uri-miss; fwd-status=200; stored, Headrace; fwd=uri-miss; fwd-status=200; stored',
    );
    expect(page.asked[0]?.headers).toMatchObject({ 'cdn-loop': 'headrace, headrace' });
    const hit = await ask(outer.url, page.path);
    expect([hit.text, hit.headers.via]).toEqual(['page', '1.1 headrace, 1.1 headrace']);
    expect(hit.headers['cache-status']).toMatch(/, Headrace; hit;[^,]*$/);
    expect(Number(hit.headers.age)).toBeGreaterThanOrEqual(7);
    expect(Number(hit.headers.age)).toBeLessThan(20);
    expect(page.asked).toHaveLength(1);
  });

  test.each(['GET', 'POST'])('in a circle, a %s is refused with 508 after three rounds', async method => {
    let rounds = 0;
    const page = flow.origin.page((incoming, response) => {
      rounds++;
      const { 'cdn-loop': loop } = incoming.headers;
      request(flow.url + incoming.url, { method, headers: { 'cdn-loop': loop } }, again => {
        response.writeHead(again.statusCode ?? 0, again.headers);
        again.pipe(response);
      }).end();
    });
    const reply = await flow.ask(page.path, { method });
    expect([reply.status, JSON.parse(reply.text).code]).toEqual([508, 'REQUEST_LOOP']);
    await eventually(() => expect(rounds).toBe(3));
  });
});
