import { expect, test } from 'vitest';
import { createDemo } from '../../../../infra/local/demo/app.ts';
import { createMemoryCatalogue } from '../../../../infra/local/demo/memory-catalogue.ts';

const demo = () => createDemo(createMemoryCatalogue());
const put = (path: string, body: string) => demo().request(path, { method: 'PUT', body });

test.each([
  ['/', 'products', 'text/html; charset=UTF-8'],
  ['/products', 'products', 'application/json'],
  ['/products/1', 'products, product-1', 'application/json'],
])('%s may be stored for a minute and is tagged %s', async (path, tags, type) => {
  const { status, headers } = await demo().request(path);
  expect(status).toBe(200);
  expect(headers.get('cache-control')).toBe('public, max-age=0, s-maxage=60, stale-while-revalidate=300');
  expect(headers.get('cache-tag')).toBe(tags);
  expect(headers.get('content-type')).toBe(type);
});

test('the page says what it is and escapes what it lists', async () => {
  const app = demo();
  await app.request('/products/1', { method: 'PUT', body: '{"name":"<b>bold</b>"}' });
  const page = await (await app.request('/')).text();
  expect(page).toContain('This is no shop.');
  expect(page).toContain('&lt;b&gt;bold&lt;/b&gt;');
});

test('a change is seen by the next request', async () => {
  const app = demo();
  const changed = await app.request('/products/4', {
    method: 'PUT',
    body: '{"name":"Rye sack","price":5.25}',
  });
  expect(await changed.json()).toEqual({ id: 4, name: 'Rye sack', price: 5.25 });
  expect(await (await app.request('/products/4')).json()).toEqual({ id: 4, name: 'Rye sack', price: 5.25 });
});

test.each([
  ['no JSON', '{name'],
  ['nothing', ''],
  ['an empty change', '{}'],
  ['an empty name', '{"name":" "}'],
  ['a price that is no number', '{"price":"9"}'],
  ['a negative price', '{"price":-1}'],
  ['fractions of a cent', '{"price":0.001}'],
  ['an unknown field', '{"colour":"red"}'],
])('refuses %s', async (_, body) => {
  expect((await put('/products/1', body)).status).toBe(400);
});

test('names the field that is wrong', async () => {
  expect(await (await put('/products/1', '{"price":-1}')).json()).toEqual({
    error: expect.stringMatching(/^price: /),
  });
});

test('refuses a body that is far too large', async () => {
  expect((await put('/products/1', 'x'.repeat(20_000))).status).toBe(413);
});

test.each(['/products/99', '/products/x', '/nowhere'])(
  'knows nothing at %s, and lets nobody store that',
  async path => {
    const { status, headers } = await demo().request(path);
    expect(status).toBe(404);
    expect(headers.has('cache-control')).toBe(false);
  },
);

test('the account is never stored', async () => {
  const { headers } = await demo().request('/account');
  expect(headers.get('cache-control')).toBe('private, no-store');
});
