/**
 * Keeps the demo's products in the stack's own Postgres, where changes outlive the run.
 *
 * Cost    one query each
 */

import type { Pool } from 'pg';
import { type Catalogue, type Product, type ProductChange, SEED } from './catalogue.ts';

const COLUMNS = 'id, name, price::float8 AS price';

export async function openPostgresCatalogue(pool: Pool): Promise<Catalogue> {
  await seed(pool);
  const first = async (sql: string, values: readonly unknown[]) =>
    (await pool.query<Product>(sql, [...values])).rows[0];
  return {
    list: async () => (await pool.query<Product>(`SELECT ${COLUMNS} FROM products ORDER BY id`)).rows,
    find: id => first(`SELECT ${COLUMNS} FROM products WHERE id = $1`, [id]),
    change: (id, change: ProductChange) =>
      first(
        `UPDATE products SET name = coalesce($2, name), price = coalesce($3, price)
         WHERE id = $1 RETURNING ${COLUMNS}`,
        [id, change.name, change.price],
      ),
  };
}

async function seed(pool: Pool): Promise<void> {
  await pool.query(
    'CREATE TABLE IF NOT EXISTS products (id integer PRIMARY KEY, name text NOT NULL, price numeric(10, 2) NOT NULL)',
  );
  await pool.query(
    `INSERT INTO products SELECT * FROM unnest($1::integer[], $2::text[], $3::numeric[]) ON CONFLICT DO NOTHING`,
    [SEED.map(({ id }) => id), SEED.map(({ name }) => name), SEED.map(({ price }) => price)],
  );
}
