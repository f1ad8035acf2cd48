import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../eventually.ts';
import { type Flow, startFlow } from './flow.ts';

const MODIFIED = 'Sun, 06 Nov 1994 08:49:37 GMT';
let flow: Flow;

beforeAll(async () => {
  flow = await startFlow();
});
afterAll(() => flow.stop());

const page = (headers = {}, status = 200) =>
  flow.origin.page({
    status,
    headers: {
      'cache-control': 'max-age=60',
      etag: '"v1"',
      'last-modified': MODIFIED,
      'content-type': 'text/plain',
      ...headers,
    },
    body: 'page',
  });

describe.each(['a miss', 'a hit'])('on %s', outcome => {
  const get = async ({ path }: { path: string }, headers: Record<string, string>) => {
    if (outcome === 'a hit') await flow.ask(path);
    return flow.ask(path, { headers });
  };

  test.each([
    ['If-None-Match', { 'if-none-match': '"v1"' }],
    ['a weak one', { 'if-none-match': 'W/"v1"' }],
    ['a list', { 'if-none-match': '"v0", W/"v1" , "v2"' }],
    ['*', { 'if-none-match': '*' }],
    ['If-Modified-Since', { 'if-modified-since': MODIFIED }],
  ])('%s that holds gets 304 without a body', async (_, headers) => {
    const reply = await get(page(), headers);
    expect([reply.status, reply.text, reply.headers.etag]).toEqual([304, '', '"v1"']);
    expect(reply.headers).toMatchObject({ 'cache-control': 'max-age=60' });
    expect(reply.headers['content-type']).toBeUndefined();
  });

  test.each([
    ['another tag', { 'if-none-match': '"v2"' }],
    ['another tag beside a date that holds', { 'if-none-match': '"v2"', 'if-modified-since': MODIFIED }],
    ['an earlier date', { 'if-modified-since': 'Sat, 05 Nov 1994 08:49:37 GMT' }],
    ['no date at all', { 'if-modified-since': 'yesterday' }],
  ])('%s gets the page', async (_, headers) => {
    const reply = await get(page(), headers);
    expect([reply.status, reply.text]).toEqual([200, 'page']);
  });

  test('an error is not hidden behind a 304', async () => {
    expect((await get(page({}, 404), { 'if-none-match': '"v1"' })).status).toBe(404);
  });
});

test('a client’s condition is Headrace’s to answer: the origin is asked for the whole, and it is stored', async () => {
  const asked = page();
  expect((await flow.ask(asked.path, { headers: { 'if-none-match': '"v1"' } })).status).toBe(304);
  expect(asked.asked[0]?.headers['if-none-match']).toBeUndefined();
  await eventually(async () => expect((await flow.ask(asked.path)).cacheStatus).toMatch(/^hit/));
  expect((await flow.ask(asked.path)).text).toBe('page');
});

test('a 304 says what happened, and its age', async () => {
  const asked = page();
  await flow.ask(asked.path);
  const reply = await flow.ask(asked.path, { headers: { 'if-none-match': '"v1"' } });
  expect(reply.cacheStatus).toMatch(/^hit; ttl=(59|60); detail=L1$/);
  expect(reply.headers.age).toMatch(/^[01]$/);
});
