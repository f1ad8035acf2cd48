/**
 * All that a product's page shows.
 *
 * Cost    by key each, and one more query for the author of every review
 */

import type { Database } from '../database.ts';
import { brandOf, categoryById, findProduct } from './catalogue.ts';
import type { Brand, Category, Customer, Product, Review } from './rows.ts';

export interface SignedReview extends Review {
  readonly author: string;
}

export interface ProductDetail {
  readonly product: Product;
  readonly brand: Brand | undefined;
  /** The shelf, and the department it belongs to. */
  readonly shelf: Category | undefined;
  readonly department: Category | undefined;
  readonly reviews: readonly SignedReview[];
}

const REVIEWS_SHOWN = 5;

export async function productDetail(database: Database, id: number): Promise<ProductDetail | undefined> {
  const product = await findProduct(database, id);
  if (product === undefined) return undefined;
  const shelf = await categoryById(database, product.category_id);
  const parent = shelf?.parent_id ?? undefined;
  return {
    product,
    brand: await brandOf(database, product),
    shelf,
    department: parent === undefined ? undefined : await categoryById(database, parent),
    reviews: await reviewsOf(database, id),
  };
}

async function reviewsOf(database: Database, productId: number): Promise<readonly SignedReview[]> {
  const reviews = await database.query<Review>(
    `SELECT * FROM reviews WHERE product_id = $1 ORDER BY created_at DESC, id DESC LIMIT ${REVIEWS_SHOWN}`,
    [productId],
  );
  const signed: SignedReview[] = [];
  for (const review of reviews) signed.push({ ...review, author: await authorOf(database, review) });
  return signed;
}

async function authorOf(database: Database, { customer_id }: Review): Promise<string> {
  const [customer] = await database.query<Customer>('SELECT * FROM customers WHERE id = $1', [customer_id]);
  return customer?.name ?? 'A customer';
}
