import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { type CacheHeaders, type CacheVariables, cacheHeaders } from '../../../edge/hono/cache-headers.ts';

async function headerOf(
  options: CacheHeaders,
  { told, own }: { told?: { ttlSeconds?: number; private?: boolean }; own?: Record<string, string> } = {},
): Promise<string | null> {
  const app = new Hono<CacheVariables>();
  app.use('*', cacheHeaders(options));
  app.get('/', c => {
    if (told) c.var.cache(told);
    return c.text('a', 200, own);
  });
  return (await app.request('/')).headers.get('cache-control');
}

test.each([
  [{ ttl: '1m' }, 'max-age=60'],
  [{ ttl: '1500ms' }, 'max-age=1'],
  [{ ttl: '1m', swr: '5m', sie: '1h' }, 'max-age=60, stale-while-revalidate=300, stale-if-error=3600'],
  [{ ttl: '1m', private: true }, 'private, max-age=60'],
  [{ private: true }, 'private'],
  [{}, null],
] as const)('%j is %s', async (options, header) => {
  expect(await headerOf(options)).toBe(header);
});

test.each([
  [{ ttlSeconds: 5 }, 'max-age=5'],
  [{ ttlSeconds: 0 }, 'max-age=0'],
  [{ ttlSeconds: -3.5 }, 'max-age=0'],
  [{ private: true }, 'private, max-age=60'],
  [{ ttlSeconds: 5, private: true }, 'private, max-age=5'],
])('what the handler tells wins: %j', async (told, header) => {
  expect(await headerOf({ ttl: '1m' }, { told, own: { 'cache-control': 'no-store' } })).toBe(header);
});

test('a handler makes public what is private by option only by saying so', async () => {
  const options = { ttl: '1m', private: true } as const;
  expect(await headerOf(options, { told: { ttlSeconds: 5 } })).toBe('private, max-age=5');
  expect(await headerOf(options, { told: { private: false } })).toBe('max-age=60');
});

test.each([
  [{ 'cache-control': 'no-store' }, 'no-store'],
  [{ expires: 'Thu, 01 Jan 1970 00:00:00 GMT' }, null],
])('the handler’s own header stands: %j', async (own, header) => {
  expect(await headerOf({ ttl: '1m' }, { own: own as Record<string, string> })).toBe(header);
});
