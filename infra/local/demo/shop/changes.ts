/**
 * What visitors and the back office change; each gives back the product as it is then.
 *
 * Errors  undefined when there is no such product; 'sold-out' when fewer are left than were ordered
 * Cost    one transaction each
 */

import type { Database } from '../database.ts';
import type { Customer, Product } from './rows.ts';

export interface NewReview {
  readonly rating: number;
  readonly title: string;
  readonly body: string;
}

export interface ProductChange {
  readonly name?: string | undefined;
  readonly price?: number | undefined;
  readonly stock?: number | undefined;
}

/** One customer has one word on a product: the later replaces the earlier. */
export function review(
  database: Database,
  productId: number,
  { customer, ...words }: NewReview & { readonly customer: Customer },
): Promise<Product | undefined> {
  return database.transaction(async inside => {
    if ((await lock(inside, productId)) === undefined) return undefined;
    await inside.query(
      `INSERT INTO reviews (product_id, customer_id, rating, title, body, created_at, updated_at)
       VALUES ($1, $2, $3, $4, $5, now(), now()) ON CONFLICT (product_id, customer_id)
       DO UPDATE SET rating = $3, title = $4, body = $5, created_at = now(), updated_at = now()`,
      [productId, customer.id, words.rating, words.title, words.body],
    );
    return rate(inside, productId);
  });
}

async function rate(database: Database, productId: number): Promise<Product | undefined> {
  const [product] = await database.query<Product>(
    `UPDATE products SET rating = rated.rating, review_count = rated.count, version = version + 1, updated_at = now()
     FROM (SELECT round(avg(rating), 2) AS rating, count(*) AS count FROM reviews WHERE product_id = $1) rated
     WHERE id = $1 RETURNING products.*`,
    [productId],
  );
  return product;
}

export function order(
  database: Database,
  productId: number,
  { customer, quantity }: { readonly customer: Customer; readonly quantity: number },
): Promise<Product | 'sold-out' | undefined> {
  return database.transaction(async inside => {
    const product = await lock(inside, productId);
    if (product === undefined) return undefined;
    if (product.stock < quantity) return 'sold-out';
    const [made] = await inside.query<{ id: number }>(
      `INSERT INTO orders (customer_id, state, shipping, created_at, updated_at)
       VALUES ($1, 'placed', $2, now(), now()) RETURNING id`,
      [customer.id, JSON.stringify(customer.address)],
    );
    await inside.query(
      'INSERT INTO order_lines (order_id, product_id, quantity, unit_price) VALUES ($1, $2, $3, $4)',
      [made?.id ?? null, productId, quantity, product.price],
    );
    return change(inside, productId, { stock: product.stock - quantity });
  });
}

export async function change(
  database: Database,
  productId: number,
  { name, price, stock }: ProductChange,
): Promise<Product | undefined> {
  const [product] = await database.query<Product>(
    `UPDATE products SET name = coalesce($2, name), price = coalesce($3, price), stock = coalesce($4, stock),
       version = version + 1, updated_at = now() WHERE id = $1 RETURNING *`,
    [productId, name ?? null, price ?? null, stock ?? null],
  );
  return product;
}

/** Two who change one product do so one after the other. */
async function lock(database: Database, productId: number): Promise<Product | undefined> {
  return (await database.query<Product>('SELECT * FROM products WHERE id = $1 FOR UPDATE', [productId]))[0];
}
