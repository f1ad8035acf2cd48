import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Behaviour } from '../fakes/origin.ts';
import { type Flow, startFlow } from './flow.ts';

let flow: Flow;

beforeAll(async () => {
  flow = await startFlow({ config: { routes: [{ match: '/page-*/api', cors: true }] } });
});
afterAll(() => flow.stop());

const allowing = (extra: Record<string, string> = {}): Behaviour => {
  return ({ headers }, response) => {
    response.writeHead(204, {
      'access-control-allow-origin': headers.origin ?? '',
      'access-control-allow-methods': 'PUT',
      'access-control-allow-headers': headers['access-control-request-headers'] ?? '',
      'access-control-max-age': '600',
      vary: 'Origin',
      ...extra,
    });
    response.end();
  };
};

const preflight = (path: string, headers: Record<string, string> = {}) =>
  flow.ask(path, {
    method: 'OPTIONS',
    headers: { origin: 'https://shop.example', 'access-control-request-method': 'PUT', ...headers },
  });

describe('a preflight', () => {
  test('is answered from the cache, as long as its answer says and in its words', async () => {
    const page = flow.origin.page(allowing());
    const path = `${page.path}/api`;
    const first = await preflight(path, { 'access-control-request-headers': 'x-b,x-a' });
    expect([first.status, first.cacheStatus]).toEqual([204, 'fwd=uri-miss; stored']);
    const again = await preflight(path, { 'access-control-request-headers': 'X-A, x-b' });
    expect([again.status, again.cacheStatus]).toEqual([
      204,
      expect.stringMatching(/^hit; ttl=(600|599|598)/),
    ]);
    expect(again.headers).toMatchObject({
      'access-control-allow-origin': 'https://shop.example',
      'access-control-allow-headers': 'x-a,x-b',
      'access-control-max-age': expect.stringMatching(/^(600|599|598)$/),
    });
    expect(page.asked).toHaveLength(1);
  });

  test.each([
    ['origin', { origin: 'https://other.example' }],
    ['method', { 'access-control-request-method': 'DELETE' }],
    ['headers', { 'access-control-request-headers': 'x-c' }],
  ])('of another %s is another question', async (_, headers) => {
    const page = flow.origin.page(allowing());
    await preflight(`${page.path}/api`);
    expect((await preflight(`${page.path}/api`, headers)).cacheStatus).toMatch(/^fwd/);
    expect((await preflight(`${page.path}/api`)).cacheStatus).toMatch(/^hit/);
  });

  test('can be changed by nothing that is not in its key', async () => {
    const page = flow.origin.page(allowing());
    await preflight(`${page.path}/api`, { 'x-evil': '1', 'user-agent': 'x', accept: '*/*' });
    const { headers } = page.asked[0] ?? expect.fail();
    expect([headers['x-evil'], headers['user-agent'], headers.accept]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(headers['access-control-request-method']).toBe('PUT');
  });

  test('survives the change that it was asked for, and no purge of its folder', async () => {
    const page = flow.origin.page(allowing());
    const path = `${page.path}/api`;
    await preflight(path);
    await flow.ask(path, { method: 'PUT', body: 'x' });
    expect((await preflight(path)).cacheStatus).toMatch(/^hit/);
    await flow.purge({ prefixes: [page.path] });
    expect((await preflight(path)).cacheStatus).toMatch(/^fwd/);
  });

  test.each([
    ['no-store', { 'cache-control': 'no-store' }],
    ['no time', { 'access-control-max-age': '0' }],
    ['vary by everything', { vary: '*' }],
    ['set-cookie', { 'set-cookie': 'a=1' }],
  ])('whose answer says %s is not kept', async (_, headers) => {
    const page = flow.origin.page(allowing(headers));
    expect((await preflight(`${page.path}/api`)).cacheStatus).toBe('fwd=uri-miss');
    await preflight(`${page.path}/api`);
    expect(page.asked).toHaveLength(2);
  });

  test.each([
    ['on another route', '', {}],
    ['with a cookie', '/api', { cookie: 'a=1' }],
    ['that asks for no method', '/api', { 'access-control-request-method': '' }],
  ])('%s is passed on', async (_, end, headers) => {
    const page = flow.origin.page(allowing());
    expect((await preflight(page.path + end, headers)).cacheStatus).toBe('fwd=method');
  });
});
