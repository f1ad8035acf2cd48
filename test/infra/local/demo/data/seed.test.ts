import { afterAll, beforeAll, expect, test } from 'vitest';
import { seed } from '../../../../../infra/local/demo/data/seed.ts';
import { startDatabase, type TestDatabase } from '../shop.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await startDatabase();
});

afterAll(() => database.stop());

const rows = async (sql: string) => (await database.pool.query(sql)).rows;
const count = async (table: string) => Number((await rows(`SELECT count(*) FROM ${table}`))[0].count);
const fingerprint = async (table: string) =>
  (await rows(`SELECT md5(string_agg(t::text, ',' ORDER BY id)) AS md5 FROM ${table} t`))[0].md5;

const TABLES = ['categories', 'brands', 'products', 'customers', 'reviews', 'orders', 'order_lines'];

test('makes as many products as it is told, with everything around them', async () => {
  expect(await seed(database.pool, 300)).toBe('made');
  expect(await count('products')).toBe(300);
  expect(await count('categories')).toBe(48);
  expect(await count('customers')).toBe(60);
  expect(await count('orders')).toBe(300);
  expect(await count('order_lines')).toBe(900);
  expect(await count('reviews')).toBeGreaterThan(500);
});

test('agrees with itself: ratings are those of the reviews, and shelves hold what they are for', async () => {
  const [{ wrong }] = await rows(`SELECT count(*) AS wrong FROM products LEFT JOIN
    (SELECT product_id, round(avg(rating), 2) AS average, count(*) AS counted FROM reviews GROUP BY product_id) r
    ON r.product_id = products.id
    WHERE rating IS DISTINCT FROM average OR review_count <> coalesce(counted, 0)`);
  expect(wrong).toBe('0');
  const knives = await rows(
    `SELECT name FROM products WHERE category_id = (SELECT id FROM categories WHERE name = 'Knives')`,
  );
  expect(knives.length).toBeGreaterThan(0);
  for (const { name } of knives) expect(name).toMatch(/(Knife|Cleaver|Santoku|Honing Rod)$/);
});

test('has no index but those of primary and unique keys', async () => {
  const found = await rows(`SELECT indexrelid::regclass FROM pg_index JOIN pg_class ON pg_class.oid = indrelid
    WHERE relnamespace = 'shop'::regnamespace AND NOT indisunique`);
  expect(found).toEqual([]);
});

test('keeps what is there, a visitor’s changes included', async () => {
  await database.pool.query(`UPDATE products SET name = 'Mine' WHERE id = 7`);
  expect(await seed(database.pool, 300)).toBe('kept');
  expect((await rows('SELECT name FROM products WHERE id = 7'))[0].name).toBe('Mine');
});

test('is the same each time it is made, and goes on counting where it ends', async () => {
  await seed(database.pool, 200);
  const first = await Promise.all(TABLES.map(fingerprint));
  await seed(database.pool, 300);
  await seed(database.pool, 200);
  expect(await Promise.all(TABLES.map(fingerprint))).toEqual(first);
  const [{ id }] = await rows(`INSERT INTO orders (customer_id, state, shipping, created_at, updated_at)
    VALUES (1, 'placed', '{}', now(), now()) RETURNING id`);
  expect(id).toBe(201);
});

test('leaves the last data in place when making new fails', async () => {
  await expect(seed(database.pool, Number.NaN)).rejects.toThrow();
  expect(await count('products')).toBe(200);
});
