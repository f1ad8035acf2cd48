import type { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDemo } from '../../../../infra/local/demo/app.ts';
import { seed } from '../../../../infra/local/demo/data/seed.ts';
import { createDatabase } from '../../../../infra/local/demo/database.ts';
import type { DemoEnvironment } from '../../../../infra/local/demo/web/environment.ts';
import { startDatabase, type TestDatabase } from './shop.ts';

const PAGE = 'public, max-age=0, s-maxage=600, stale-while-revalidate=3600';
const SEARCH = 'public, max-age=0, s-maxage=60, stale-while-revalidate=300';

let database: TestDatabase;
let demo: Hono<DemoEnvironment>;

beforeAll(async () => {
  database = await startDatabase();
  await seed(database.pool, 400);
  demo = createDemo(createDatabase(database.pool));
});

afterAll(() => database.stop());

const text = async (path: string, headers = {}) => (await demo.request(path, { headers })).text();
const json = async <Body>(path: string) => (await (await demo.request(path)).json()) as Body;
const patch = (path: string, body: string) =>
  demo.request(path, { method: 'PATCH', body, headers: { 'content-type': 'application/json' } });
const post = (path: string, form: Record<string, string>, cookie = '') =>
  demo.request(path, { method: 'POST', body: new URLSearchParams(form), headers: { cookie } });

async function signIn(email: string): Promise<string> {
  const answer = await post('/account/sign-in', { email });
  expect(answer.status).toBe(303);
  return answer.headers.get('set-cookie')?.split(';')[0] ?? '';
}

describe('what may be stored', () => {
  test.each([
    ['/', PAGE, 'catalogue', '18 queries'],
    ['/categories/kitchen', PAGE, 'category-1, lists', '28 queries'],
    ['/search?q=oak', SEARCH, 'catalogue', '26 queries'],
    ['/products/1', PAGE, 'product-1, products', '10 queries'],
    ['/api/products/1', PAGE, 'product-1, products', '10 queries'],
  ])('%s says how long, bears its tags, and tells what it cost', async (path, lifetime, tags, queries) => {
    const { status, headers } = await demo.request(path);
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe(lifetime);
    expect(headers.get('cache-tag')).toBe(tags);
    expect(headers.get('cache-groups')).toBe(tags.replaceAll(/[\w-]+/g, '"$&"'));
    expect(headers.get('server-timing')).toBe(`db;desc="${queries}"`);
    expect(headers.has('etag')).toBe(false);
  });

  test.each([
    ['/api/categories/kitchen/products', PAGE, ['category-1', 'lists']],
    ['/api/search?q=oak', SEARCH, ['catalogue']],
  ])('%s bears the tag of each product whose stock it shows', async (path, lifetime, tags) => {
    const answer = await demo.request(path);
    const { products } = (await answer.json()) as { products: { id: number }[] };
    expect(answer.headers.get('cache-control')).toBe(lifetime);
    expect(products).toHaveLength(24);
    expect(answer.headers.get('cache-tag')?.split(', ')).toEqual([
      ...tags,
      ...products.map(({ id }) => `product-${id}`),
    ]);
  });

  test('is the same as long as nothing changes', async () => {
    for (const path of ['/', '/products/1', '/categories/kitchen?page=2']) {
      expect(await text(path)).toBe(await text(path));
    }
  });

  test.each(['/products/9999', '/products/x', '/categories/none', '/nowhere', '/api/products/9999'])(
    'is not what there is not: %s',
    async path => {
      const { status, headers } = await demo.request(path);
      expect(status).toBe(404);
      expect(headers.has('cache-control')).toBe(false);
    },
  );

  test('are files for ever, by names that change, and pictures for a day', async () => {
    const [style = ''] = /\/assets\/shop\.\w+\.css/.exec(await text('/')) ?? [];
    expect((await demo.request(style)).headers.get('cache-control')).toContain('immutable');
    const picture = await demo.request('/media/products/1.jpg');
    expect(picture.headers.get('content-type')).toBe('image/jpeg');
    expect(picture.headers.get('cache-control')).toBe('public, max-age=86400');
  });
});

describe('lists', () => {
  interface Page {
    readonly total: number;
    readonly pages: number;
    readonly products: readonly {
      readonly id: number;
      readonly price: string;
      readonly created_at: string;
    }[];
  }
  interface Found {
    readonly products: readonly { readonly name: string; readonly description: string }[];
  }
  const list = (query: string) => json<Page>(`/api/categories/kitchen/products${query}`);

  test('page through all of a department, each product once', async () => {
    const { total, pages } = await list('');
    const each = await Promise.all(Array.from({ length: pages }, (_, at) => list(`?page=${at + 1}`)));
    const ids = each.flatMap(({ products }) => products.map(({ id }) => id));
    expect(ids).toHaveLength(total);
    expect(new Set(ids).size).toBe(total);
    expect(pages).toBeGreaterThan(1);
  });

  test('sort as they are asked, and by age when they are asked for nonsense', async () => {
    const prices = (await list('?sort=price-up')).products.map(({ price }) => Number(price));
    expect(prices).toEqual(prices.toSorted((a, b) => a - b));
    const ages = (await list('?sort=colour&page=-3')).products.map(({ created_at }) => created_at);
    expect(ages).toEqual(ages.toSorted().reverse());
  });

  test('find words by their letters, and wildcards as such', async () => {
    const found = await json<Page & Found>('/api/search?q=copper');
    expect(found.total).toBeGreaterThan(0);
    for (const { name, description } of found.products) expect(name + description).toMatch(/copper/i);
    expect((await json<Page>('/api/search?q=%25')).total).toBe(0);
    expect((await demo.request('/api/search?q=')).status).toBe(400);
  });

  test('link to pages by one address each', async () => {
    const page = await text('/categories/kitchen?sort=price-up');
    expect(page).toContain('href="/categories/kitchen?page=2&amp;sort=price-up"');
    expect(page).toContain('href="/categories/kitchen"');
  });
});

describe('the back office', () => {
  test('changes stock, and takes back the product’s own pages only', async () => {
    const answer = await patch('/api/products/4', '{"stock":3}');
    expect(await answer.json()).toMatchObject({ id: 4, stock: 3, version: 2 });
    expect(answer.headers.get('cache-group-invalidation')).toBe('"product-4"');
    expect(await text('/products/4')).toContain('3 left');
  });

  test('changes a price, and takes back the lists that show it', async () => {
    const { shelf, department } = await json<Record<string, { id: number }>>('/api/products/4');
    const answer = await patch('/api/products/4', '{"price":5.25,"name":"<b>bold</b>"}');
    expect(await answer.json()).toMatchObject({ price: '5.25', version: 3 });
    expect(answer.headers.get('cache-group-invalidation')).toBe(
      `"product-4", "category-${shelf?.id}", "category-${department?.id}", "catalogue"`,
    );
    expect(await text('/products/4')).toContain('&lt;b&gt;bold&lt;/b&gt;');
  });

  test.each([
    ['no JSON', '{name'],
    ['nothing', ''],
    ['an empty change', '{}'],
    ['an empty name', '{"name":" "}'],
    ['a price that is no number', '{"price":"9"}'],
    ['fractions of a cent', '{"price":0.001}'],
    ['a negative stock', '{"stock":-1}'],
    ['an unknown field', '{"colour":"red"}'],
  ])('refuses %s', async (_, body) => {
    const answer = await patch('/api/products/1', body);
    expect(answer.status).toBe(400);
    expect(answer.headers.has('cache-group-invalidation')).toBe(false);
  });

  test('names the field that is wrong', async () => {
    const answer = await patch('/api/products/1', '{"price":-1}');
    expect(await answer.json()).toEqual({ error: expect.stringMatching(/^price: /) });
  });

  test('knows no product that is not there, and no body that is far too large', async () => {
    expect((await patch('/api/products/9999', '{"stock":1}')).status).toBe(404);
    expect((await patch('/api/products/1', `{"name":"${'x'.repeat(20_000)}"}`)).status).toBe(413);
  });
});

describe('a customer', () => {
  test('has pages that nobody stores', async () => {
    const cookie = await signIn('customer3@example.com');
    for (const headers of [{}, { cookie }]) {
      const { headers: said } = await demo.request('/account', { headers });
      expect(said.get('cache-control')).toBe('private, no-store');
    }
    expect(await text('/account', { cookie })).toContain('customer3@example.com');
  });

  test('writes a review that the page shows, and another in its place', async () => {
    const cookie = await signIn('customer5@example.com');
    const { product } = await json<{ product: { review_count: number } }>('/api/products/9');
    for (const title of ['First word', 'Last word']) {
      const answer = await post('/products/9/reviews', { rating: '4', title, body: 'So it is.' }, cookie);
      expect(answer.status).toBe(303);
      expect(answer.headers.get('cache-group-invalidation')).toBe('"product-9"');
    }
    const page = await text('/products/9');
    expect(page).toContain('Last word');
    expect(page).not.toContain('First word');
    expect(page).toContain(`${product.review_count + 1} reviews`);
  });

  test('orders what there is, and is told when there is not', async () => {
    const cookie = await signIn('customer6@example.com');
    await patch('/api/products/11', '{"stock":2}');
    const ordered = await post('/products/11/orders', { quantity: '2' }, cookie);
    expect(ordered.status).toBe(303);
    expect(ordered.headers.get('cache-group-invalidation')).toBe('"product-11"');
    const again = await post('/products/11/orders', { quantity: '1' }, cookie);
    expect(again.status).toBe(409);
    expect(again.headers.get('cache-control')).toBe('private, no-store');
    expect(await text('/products/11')).toContain('sold out');
    expect(await text('/account', { cookie })).toContain('href="/products/11"');
  });

  test('never gets more than there is, however many order at once', async () => {
    const cookie = await signIn('customer8@example.com');
    await patch('/api/products/12', '{"stock":3}');
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => post('/products/12/orders', { quantity: '1' }, cookie)),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([303, 303, 303, 409, 409, 409]);
  });

  test.each([
    ['/products/1/reviews', { rating: '9', title: 'x', body: 'x' }, 400],
    ['/products/1/reviews', { rating: '5', title: '', body: 'x' }, 400],
    ['/products/9999/reviews', { rating: '5', title: 'x', body: 'x' }, 404],
    ['/products/1/orders', { quantity: '-1' }, 400],
    ['/products/9999/orders', { quantity: '1' }, 404],
  ])('is refused at %s with %j', async (path, form, status) => {
    expect((await post(path, form, await signIn('customer1@example.com'))).status).toBe(status);
  });

  test('has to sign in first, with an address that is known', async () => {
    expect((await post('/products/1/orders', { quantity: '1' })).status).toBe(401);
    expect((await post('/account/sign-in', { email: 'nobody@example.com' })).status).toBe(401);
  });

  test('is signed out for good', async () => {
    const cookie = await signIn('customer2@example.com');
    await post('/account/sign-out', {}, cookie);
    expect(await text('/account', { cookie })).toContain('<h1>Sign in</h1>');
  });
});
