import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Behaviour } from '../fakes/origin.ts';
import { type Flow, startFlow } from './flow.ts';

let flow: Flow;

beforeAll(async () => {
  flow = await startFlow({
    config: {
      routes: [
        { match: '/page-*/listed', key: { query: ['page', 'tag*'] } },
        { match: '/page-*/raw', profile: 'strict' },
        { match: '/page-*/cookies', key: { cookies: ['currency', 'theme'] } },
        { match: '/page-*/device', key: { device: true } },
        { match: '/page-*/language', key: { languages: ['en', 'de'] } },
        { match: '/page-*/cors', cors: true },
      ],
    },
  });
});
afterAll(() => flow.stop());

/** Answers with what it was asked. */
const echo = (...names: string[]): Behaviour => {
  return ({ url, headers }, response) => {
    response.writeHead(200, { 'cache-control': 'max-age=60', 'content-type': 'text/plain' });
    response.end([url, ...names.map(name => headers[name] ?? 'absent')].join(' | '));
  };
};

describe('the query', () => {
  test('in another order is the same page, and the origin sees the one order', async () => {
    const page = flow.origin.page(echo());
    expect((await flow.ask(`${page.path}?b=2&a=1&b=%31`)).text).toBe(`${page.path}?a=1&b=2&b=%31`);
    expect((await flow.ask(`${page.path}?a=1&b=2&b=%31`)).cacheStatus).toMatch(/^hit/);
    expect((await flow.ask(`${page.path}?a=1&b=%31&b=2`)).cacheStatus).toMatch(/^fwd/);
  });

  test('loses what advertisers add, in the key and on the way to the origin', async () => {
    const page = flow.origin.page(echo());
    expect((await flow.ask(`${page.path}?utm_source=x&id=1&fbclid=y`)).text).toBe(`${page.path}?id=1`);
    expect((await flow.ask(`${page.path}?id=1&gclid=evil`)).cacheStatus).toMatch(/^hit/);
    expect((await flow.ask(`${page.path}?id=1&utm%5Fsource=z`)).cacheStatus).toMatch(/^fwd/);
  });

  test('of a route that lists its parameters has no others', async () => {
    const page = flow.origin.page(echo());
    const path = `${page.path}/listed`;
    expect((await flow.ask(`${path}?x=1&tags=b&page=2`)).text).toBe(`${path}?page=2&tags=b`);
    expect((await flow.ask(`${path}?page=2&tags=b&y`)).cacheStatus).toMatch(/^hit/);
  });

  test('is nobody’s to change in the strict profile', async () => {
    const page = flow.origin.page(echo());
    const search = '?b=2&a=1&utm_source=x&&';
    expect((await flow.ask(`${page.path}/raw${search}`)).text).toBe(`${page.path}/raw${search}`);
  });

  test('of a request that is passed on is left as it is', async () => {
    const page = flow.origin.page(echo());
    const search = '?b=2&a=1&utm_source=x';
    expect((await flow.ask(`${page.path}${search}`, { method: 'POST' })).text).toBe(page.path + search);
    expect((await flow.ask(`${page.path}/listed${search}`, { method: 'PUT' })).text).toBe(
      `${page.path}/listed${search}`,
    );
  });

  test('is purged in any order', async () => {
    const page = flow.origin.page(echo());
    await flow.ask(`${page.path}?b=2&a=1`);
    await flow.purge({ urls: [`${page.path}?utm_source=x&b=2&a=1`] });
    expect((await flow.ask(`${page.path}?a=1&b=2`)).cacheStatus).toMatch(/^fwd/);
  });
});

describe('cookies that a route names', () => {
  test('tell pages apart, and no other reaches the origin', async () => {
    const page = flow.origin.page(echo('cookie'));
    const get = (cookie: string) => flow.ask(`${page.path}/cookies`, { headers: { cookie } });
    expect((await get('session=secret; currency=EUR')).text).toContain('| currency=EUR');
    expect((await get('session=other; currency=EUR; x=y')).cacheStatus).toMatch(/^hit/);
    expect((await get('currency=USD')).text).toContain('| currency=USD');
    expect((await get('theme=dark; currency=USD')).text).toContain('| currency=USD; theme=dark');
    expect((await get('session=1')).text).toContain('| absent');
    expect((await flow.ask(`${page.path}/cookies`)).cacheStatus).toMatch(/^hit/);
    expect(page.asked).toHaveLength(4);
  });

  test('are all there for what is passed on', async () => {
    const page = flow.origin.page(echo('cookie'));
    const question = { method: 'POST', headers: { cookie: 'session=1; currency=EUR' } };
    expect((await flow.ask(`${page.path}/cookies`, question)).text).toContain('| session=1; currency=EUR');
  });
});

test('pages are told apart by device, not by browser', async () => {
  const page = flow.origin.page(echo('x-device-class', 'user-agent'));
  const get = (agent: string, more = {}) =>
    flow.ask(`${page.path}/device`, { headers: { 'user-agent': agent, ...more } });
  expect((await get('Mozilla/5.0 (iPhone) Mobile/1')).text).toContain('| mobile | absent');
  expect((await get('Mozilla/5.0 (Linux; Android 10; K) Mobile Safari')).cacheStatus).toMatch(/^hit/);
  expect((await get('curl/8', { 'x-device-class': 'mobile' })).text).toContain('| desktop | absent');
  expect((await get('Mozilla/5.0 (iPad)')).text).toContain('| tablet | absent');
  expect(page.asked).toHaveLength(3);
});

test('pages are told apart by the site’s languages', async () => {
  const page = flow.origin.page(({ headers }, response) => {
    response.writeHead(200, { 'cache-control': 'max-age=60', vary: 'Accept-Language' });
    response.end(headers['accept-language'] ?? 'absent');
  });
  const get = (language?: string) =>
    flow.ask(`${page.path}/language`, { headers: language ? { 'accept-language': language } : {} });
  expect((await get('de-AT,de;q=0.9,en;q=0.1')).text).toBe('de');
  expect((await get('fr, de-CH;q=0.3')).cacheStatus).toMatch(/^hit/);
  expect((await get('fr')).text).toBe('en');
  expect((await get()).cacheStatus).toMatch(/^hit/);
  expect(page.asked).toHaveLength(2);
});

describe('Origin', () => {
  const allowing: Behaviour = ({ headers }, response) => {
    const { origin } = headers;
    response.writeHead(200, {
      'cache-control': 'max-age=60',
      ...(origin && { 'access-control-allow-origin': origin }),
    });
    response.end();
  };

  test('is forwarded and keyed where the route says so', async () => {
    const page = flow.origin.page(allowing);
    const allowed = async (origin: string) => {
      const { headers, cacheStatus } = await flow.ask(`${page.path}/cors`, { headers: { origin } });
      return [headers['access-control-allow-origin'], cacheStatus?.startsWith('hit')];
    };
    expect(await allowed('https://a.example')).toEqual(['https://a.example', false]);
    expect(await allowed('https://b.example')).toEqual(['https://b.example', false]);
    expect(await allowed('https://a.example')).toEqual(['https://a.example', true]);
  });

  test('stays with Headrace otherwise, so that no answer for one site is given to another', async () => {
    const page = flow.origin.page(allowing);
    const { headers } = await flow.ask(page.path, { headers: { origin: 'https://evil.example' } });
    expect(headers['access-control-allow-origin']).toBeUndefined();
    const next = await flow.ask(page.path, { headers: { origin: 'https://b.example' } });
    expect([next.headers['access-control-allow-origin'], next.cacheStatus]).toEqual([
      undefined,
      expect.stringMatching(/^hit/),
    ]);
  });
});
