import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { dashboard } from '../../../edge/dashboard/pages.ts';

let count = 0;
const pages = dashboard({
  base: '/edge',
  texts: {
    page: '<script nonce="{nonce}" src="{base}/a.js"></script><style nonce="{nonce}"></style>',
    reference: 'reference {nonce}',
    assets: { 'a.js': 'a()', 'a.css': 'a{}' },
  },
  createId: () => `id${++count}`,
});
const app = new Hono()
  .get('/dashboard', pages.page)
  .get('/dashboard/api', pages.reference)
  .get('/assets/:name', pages.asset);

test('each page has a nonce of its own, in its text and in its policy', async () => {
  for (const path of ['/dashboard', '/dashboard/api', '/dashboard']) {
    const response = await app.request(path);
    const nonce = `id${count}`;
    expect(await response.text()).toContain(nonce);
    expect(response.headers.get('content-security-policy')).toContain(`script-src 'nonce-${nonce}'`);
  }
  expect(count).toBe(3);
});

test('a page is told its base, may not be framed or stored, and asks no other host', async () => {
  const response = await app.request('/dashboard');
  expect(await response.text()).toContain('src="/edge/a.js"');
  const { headers } = response;
  expect(Object.fromEntries(headers)).toMatchObject({
    'cache-control': 'no-store',
    'content-type': 'text/html; charset=utf-8',
    'x-frame-options': 'DENY',
    'x-content-type-options': 'nosniff',
  });
  const policy = headers.get('content-security-policy') ?? '';
  expect(policy).toMatch(/default-src 'none';.*connect-src 'self';.*frame-ancestors 'none'/);
  expect(policy).not.toMatch(/unsafe|https?:|\*/);
});

test.each([
  ['a.js', 'text/javascript; charset=utf-8', 'a()'],
  ['a.css', 'text/css; charset=utf-8', 'a{}'],
])('%s is served as what it is', async (name, type, text) => {
  const response = await app.request(`/assets/${name}`);
  expect([response.headers.get('content-type'), await response.text()]).toEqual([type, text]);
});

test.each(['none.js', 'constructor', '__proto__'])('there is no asset %s', async name => {
  expect((await app.request(`/assets/${name}`)).status).toBe(404);
});

test.each([
  ['br, gzip', 'gzip'],
  ['gzip;q=0', null],
  [undefined, null],
])('Accept-Encoding %s: coded %s', async (accepted, coding) => {
  const headers = accepted === undefined ? {} : { 'accept-encoding': accepted };
  const response = await app.request('/assets/a.js', { headers });
  expect([response.headers.get('content-encoding'), response.headers.get('vary')]).toEqual([
    coding,
    'accept-encoding',
  ]);
});
