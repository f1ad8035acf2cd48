import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Behaviour } from '../fakes/origin.ts';
import { type Flow, startFlow } from './flow.ts';

let flow: Flow;

beforeAll(async () => {
  flow = await startFlow();
});
afterAll(() => flow.stop());

/** Answers with the request fields it varies by. */
const varying = (vary: string, ...names: string[]): Behaviour => {
  return ({ headers }, response) => {
    response.writeHead(200, { 'cache-control': 'max-age=60', vary });
    response.end(names.map(name => headers[name] ?? 'absent').join(' | '));
  };
};

describe('a response that varies', () => {
  test('is stored once per value, and absent is a value of its own', async () => {
    const page = flow.origin.page(varying('X-Shop', 'x-shop'));
    const get = (shop?: string) =>
      flow.ask(page.path, { headers: shop === undefined ? {} : { 'x-shop': shop } });
    expect([(await get('at')).text, (await get('de')).text, (await get()).text]).toEqual([
      'at',
      'de',
      'absent',
    ]);
    const again = [await get('at'), await get('de'), await get()];
    expect(again.map(({ text }) => text)).toEqual(['at', 'de', 'absent']);
    expect(again.every(({ cacheStatus }) => cacheStatus?.startsWith('hit'))).toBe(true);
    expect(page.asked).toHaveLength(3);
  });

  test('tells a missing variant from a missing page', async () => {
    const page = flow.origin.page(varying('X-Shop', 'x-shop'));
    await flow.ask(page.path, { headers: { 'x-shop': 'at' } });
    expect((await flow.ask(page.path, { headers: { 'x-shop': 'ch' } })).cacheStatus).toContain(
      'fwd=vary-miss',
    );
  });

  test('by several fields is told apart by each', async () => {
    const page = flow.origin.page(varying('X-A,x-b , X-A', 'x-a', 'x-b'));
    const get = (a: string, b: string) => flow.ask(page.path, { headers: { 'x-a': a, 'x-b': b } });
    for (const [a, b] of [
      ['1', '1'],
      ['1', '2'],
      ['2', '1'],
    ] as const) {
      expect((await get(a, b)).text).toBe(`${a} | ${b}`);
      expect((await get(a, b)).text).toBe(`${a} | ${b}`);
    }
    expect(page.asked).toHaveLength(3);
  });

  test('by * is never stored', async () => {
    const page = flow.origin.page(varying('*'));
    expect((await flow.ask(page.path)).cacheStatus).toContain('detail=vary-star');
    await flow.ask(page.path);
    expect(page.asked).toHaveLength(2);
  });

  test('in a new way keeps the variants that were there before', async () => {
    const page = flow.origin.page(varying('X-A', 'x-a'));
    await flow.ask(page.path, { headers: { 'x-a': '1' } });
    page.becomes(varying('X-B', 'x-b'));
    await flow.ask(page.path, { headers: { 'x-a': '2', 'x-b': '2' } });
    const other = await flow.ask(page.path, { headers: { 'x-a': '2', 'x-b': '3' } });
    expect(other.text).toBe('3');
  });
});

describe('a quiet field', () => {
  const german = { headers: { 'accept-language': 'de' } };
  const french = { headers: { 'accept-language': 'fr' } };

  test('stays with Headrace while nobody asks for it', async () => {
    const page = flow.origin.page({ headers: { 'cache-control': 'max-age=60' }, body: 'same' });
    await flow.ask(page.path, german);
    expect((await flow.ask(page.path, french)).cacheStatus).toMatch(/^hit/);
    expect(page.asked[0]?.headers['accept-language']).toBeUndefined();
  });

  test('is sent when the answer varies by it: asked again once, then known', async () => {
    const page = flow.origin.page(varying('Accept-Language', 'accept-language'));
    expect((await flow.ask(page.path, german)).text).toBe('de');
    expect(page.asked.map(({ headers }) => headers['accept-language'])).toEqual([undefined, 'de']);
    expect((await flow.ask(page.path, french)).text).toBe('fr');
    expect(page.asked).toHaveLength(3);
    expect((await flow.ask(page.path, german)).cacheStatus).toMatch(/^hit/);
  });

  test('is known to matter also for a page that is never stored', async () => {
    const page = flow.origin.page(({ headers }, response) => {
      response.writeHead(200, { 'cache-control': 'no-store', vary: 'accept-language' });
      response.end(headers['accept-language'] ?? 'absent');
    });
    expect((await flow.ask(page.path, german)).text).toBe('de');
    expect((await flow.ask(page.path, french)).text).toBe('fr');
    expect(page.asked).toHaveLength(3);
  });
});

describe('Accept-Encoding', () => {
  test('in its many spellings shares one variant, and the origin sees the plain one', async () => {
    const page = flow.origin.page(varying('Accept-Encoding', 'accept-encoding'));
    const get = (coding: string) => flow.ask(page.path, { headers: { 'accept-encoding': coding } });
    expect((await get('gzip, deflate, br')).text).toBe('br, gzip');
    expect((await get('BR;q=0.9,gzip;q=1.0, foo')).cacheStatus).toMatch(/^hit/);
    expect((await get('identity')).text).toBe('identity');
    expect((await get('gzip;q=0, br;q=0')).cacheStatus).toMatch(/^hit/);
    expect(page.asked).toHaveLength(2);
  });

  test('is not made up for a client that sent none', async () => {
    const page = flow.origin.page(varying('Accept-Encoding', 'accept-encoding'));
    expect((await flow.ask(page.path)).text).toBe('absent');
  });
});

describe('the number of variants is bounded', () => {
  test('by fields: a response that varies by more than sixteen is not stored', async () => {
    const names = Array.from({ length: 17 }, (_, i) => `x-${i}`);
    const [many, most] = [names, names.slice(1)].map(vary => flow.origin.page(varying(vary.join(','))));
    expect((await flow.ask(many?.path ?? '')).cacheStatus).toContain('detail=vary-count');
    await flow.ask(most?.path ?? '');
    expect((await flow.ask(most?.path ?? '')).cacheStatus).toMatch(/^hit/);
  });

  test('by values: the fifty-first of a URL is served and not stored, the others stay', async () => {
    const page = flow.origin.page(varying('X-Shop', 'x-shop'));
    const get = (shop: number) => flow.ask(page.path, { headers: { 'x-shop': String(shop) } });
    for (let shop = 0; shop < 50; shop++) expect((await get(shop)).cacheStatus).toContain('stored');
    const [one, again] = [await get(50), await get(50)];
    expect([one.text, one.cacheStatus]).toEqual(['50', expect.stringContaining('detail=variant-count')]);
    expect(again.cacheStatus).toMatch(/^fwd/);
    expect((await get(0)).cacheStatus).toMatch(/^hit/);
    expect((await get(49)).cacheStatus).toMatch(/^hit/);
  });
});
