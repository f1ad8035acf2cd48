/**
 * What the catalogue's pages ask for: the way an application asks that was written with an object-relational mapper.
 *
 * Cost    as in the wild: all columns, one query for each row's relation (N+1), pages by OFFSET, COUNT(*) for their number
 */

import type { Database } from '../database.ts';
import type { Brand, Category, Product } from './rows.ts';

export const PAGE_SIZE = 24;

export const SORTS = {
  newest: 'created_at DESC, id',
  'price-up': 'price, id',
  'price-down': 'price DESC, id',
  name: 'name, id',
} as const;

export type Sort = keyof typeof SORTS;

export interface Listed extends Product {
  readonly brand: Brand | undefined;
}

export interface Page {
  readonly total: number;
  readonly page: number;
  readonly pages: number;
  readonly products: readonly Listed[];
}

export interface Selection {
  readonly page: number;
  readonly sort: Sort;
}

interface Condition {
  readonly where: string;
  readonly values: readonly (string | number)[];
}

export function ofCategory(database: Database, category: Category, selection: Selection): Promise<Page> {
  const shelves = '(SELECT id FROM categories WHERE id = $1 OR parent_id = $1)';
  return pageOf(database, { where: `category_id IN ${shelves}`, values: [category.id] }, selection);
}

export function ofSearch(database: Database, words: string, selection: Selection): Promise<Page> {
  const pattern = `%${words.replaceAll(/[\\%_]/g, '\\$&')}%`;
  return pageOf(database, { where: 'name ILIKE $1 OR description ILIKE $1', values: [pattern] }, selection);
}

export function newest(database: Database, count: number): Promise<readonly Listed[]> {
  return listed(database, `ORDER BY ${SORTS.newest} LIMIT ${count}`, []);
}

async function pageOf(database: Database, { where, values }: Condition, { page, sort }: Selection) {
  const [counted] = await database.query<{ count: string }>(
    `SELECT count(*) FROM products WHERE ${where}`,
    values,
  );
  const total = Number(counted?.count ?? 0);
  const offset = (page - 1) * PAGE_SIZE;
  const rest = `WHERE ${where} ORDER BY ${SORTS[sort]} LIMIT ${PAGE_SIZE} OFFSET ${offset}`;
  const products = await listed(database, rest, values);
  return { total, page, pages: Math.max(1, Math.ceil(total / PAGE_SIZE)), products };
}

async function listed(database: Database, rest: string, values: readonly (string | number)[]) {
  const products = await database.query<Product>(`SELECT * FROM products ${rest}`, values);
  const withBrand: Listed[] = [];
  for (const product of products) {
    withBrand.push({ ...product, brand: await brandOf(database, product) });
  }
  return withBrand;
}

export async function brandOf(database: Database, { brand_id }: Product): Promise<Brand | undefined> {
  return (await database.query<Brand>('SELECT * FROM brands WHERE id = $1', [brand_id]))[0];
}

export async function findProduct(database: Database, id: number): Promise<Product | undefined> {
  return (await database.query<Product>('SELECT * FROM products WHERE id = $1', [id]))[0];
}

export async function findCategory(database: Database, slug: string): Promise<Category | undefined> {
  return (await database.query<Category>('SELECT * FROM categories WHERE slug = $1', [slug]))[0];
}

export async function categoryById(database: Database, id: number): Promise<Category | undefined> {
  return (await database.query<Category>('SELECT * FROM categories WHERE id = $1', [id]))[0];
}

export function departments(database: Database): Promise<readonly Category[]> {
  return database.query<Category>('SELECT * FROM categories WHERE parent_id IS NULL ORDER BY id');
}

export function shelvesOf(database: Database, { id }: Category): Promise<readonly Category[]> {
  return database.query<Category>('SELECT * FROM categories WHERE parent_id = $1 ORDER BY id', [id]);
}
