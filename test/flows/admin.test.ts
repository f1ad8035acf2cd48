import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask } from './ask.ts';
import { ADMIN_TOKEN, type Flow, purgeAt, startFlow } from './flow.ts';

const OLD_TOKEN = 'the-token-before-0123456789abcdef';
let flow: Flow;

beforeAll(async () => {
  flow = await startFlow({ variables: { ADMIN_TOKEN: `${ADMIN_TOKEN},${OLD_TOKEN}` } });
});
afterAll(() => flow.stop());

const PURGE = '/api/admin/cache/purge';

function post(headers: Record<string, string>, body = '{"tags":["a"]}', edge = flow.url) {
  return ask(edge, PURGE, { method: 'POST', headers, body });
}

describe('the door', () => {
  test.each([ADMIN_TOKEN, OLD_TOKEN])('opens to each of two tokens', async token => {
    expect((await purgeAt(flow.url, { tags: ['a'] }, token)).status).toBe(202);
    expect((await post({ authorization: `bearer  ${token}` })).status).toBe(202);
  });

  test.each([
    ['no token', {}],
    ['a wrong token', { authorization: `Bearer ${ADMIN_TOKEN}x` }],
    ['the beginning of one', { authorization: `Bearer ${ADMIN_TOKEN.slice(0, 32)}` }],
    ['both in one', { authorization: `Bearer ${ADMIN_TOKEN},${OLD_TOKEN}` }],
    ['another scheme', { authorization: `Basic ${ADMIN_TOKEN}` }],
    ['an empty one', { authorization: 'Bearer ' }],
  ])('stays shut to %s: 401, not to be stored', async (_, headers) => {
    const reply = await post(headers);
    expect([reply.status, JSON.parse(reply.text)]).toMatchObject([401, { code: 'ADMIN_TOKEN_WRONG' }]);
    expect(reply.headers).toMatchObject({
      'cache-control': 'no-store',
      'www-authenticate': expect.stringMatching(/^Bearer /),
      'content-type': 'application/problem+json',
    });
  });

  test('stays shut when no token is set', async () => {
    const closed = await flow.another({ ADMIN_TOKEN: '' });
    const reply = await post({ authorization: 'Bearer ' }, '{}', closed.url);
    expect([reply.status, JSON.parse(reply.text).code]).toEqual([401, 'ADMIN_CLOSED']);
  });

  test('is asked before anything else: an unknown route below it tells nothing', async () => {
    expect((await flow.ask('/api/admin/no/such/route')).status).toBe(401);
    expect((await flow.ask(PURGE)).status).toBe(401);
  });

  test.each([
    '/api/admin/../admin/cache/purge',
    '/api/%61dmin/cache/purge',
    '//api/admin/cache/purge',
    '/API/ADMIN/cache/purge',
    '/api%2Fadmin/cache/purge',
  ])('has no way around it: %s', async path => {
    const reply = await flow.ask(path, { method: 'POST', body: '{"tags":["a"]}' });
    expect([401, 404]).toContain(reply.status);
    expect(reply.text).not.toContain('purged');
  });
});

describe('a body that is wrong', () => {
  const authorized = { authorization: `Bearer ${ADMIN_TOKEN}` };

  test.each<[string, string, RegExp]>([
    ['nothing', '', /body/],
    ['no JSON', '{"tags":', /body/],
    ['a list', '[]', /body/],
    ['null', 'null', /body/],
    ['neither selector', '{}', /urls.*tags/],
    ['both selectors', '{"urls":["/a"],"tags":["b"]}', /urls.*tags/],
    ['an unknown field', '{"tags":["a"],"paths":["/"]}', /paths/],
    ['no list', '{"tags":"a"}', /^tags/],
    ['an empty list', '{"urls":[]}', /^urls/],
    ['a tag that is no text', '{"tags":["a",7]}', /^tags\[1\]/],
    ['a tag with a space', '{"tags":["a b"]}', /^tags\[0\]/],
    ['a tag with a comma', '{"tags":["a,b"]}', /^tags\[0\]/],
    ['an empty tag', '{"tags":[""]}', /^tags\[0\]/],
    ['an overlong tag', JSON.stringify({ tags: ['x'.repeat(257)] }), /^tags\[0\]/],
    ['a URL of another scheme', '{"urls":["/a","ftp://h/a"]}', /^urls\[1\]/],
    ['a URL that is none', '{"urls":["products"]}', /^urls\[0\]/],
    ['a URL that begins with two slashes', '{"urls":["//evil/a"]}', /^urls\[0\]/],
    ['soft that is no truth value', '{"tags":["a"],"soft":"yes"}', /^soft/],
  ])('%s: 400 that names the field', async (_, body, detail) => {
    const reply = await post(authorized, body);
    const problem = JSON.parse(reply.text);
    expect([reply.status, problem.code]).toEqual([400, 'PURGE_INVALID']);
    expect(problem.detail).toMatch(detail);
    expect(reply.headers['content-type']).toBe('application/problem+json');
  });

  test('more than 1,000 items: 413', async () => {
    const tags = Array.from({ length: 1_001 }, (_, index) => `t${index}`);
    const reply = await post(authorized, JSON.stringify({ tags }));
    expect([reply.status, JSON.parse(reply.text).code]).toEqual([413, 'PURGE_TOO_LARGE']);
  });

  test('more bytes than a purge can have: 413', async () => {
    const reply = await post(authorized, `{"tags":["${'x'.repeat(5_000_000)}"]}`);
    expect([reply.status, JSON.parse(reply.text).code]).toEqual([413, 'PURGE_TOO_LARGE']);
  });
});

test('a purge without Redis says so', async () => {
  const { tiers } = JSON.parse((await flow.purge({ tags: ['a'] })).text);
  expect(tiers).toEqual({ redis: 'absent', isolate: 'purged', cdn: 'absent' });
});

test('no token is ever written to the log', () => {
  expect(flow.printed()).not.toContain(ADMIN_TOKEN);
  expect(flow.printed()).not.toContain(OLD_TOKEN);
});
