/**
 * Which tags the demo's pages bear, and which of them a change takes back: no more than show what changed.
 *
 * Lists as pages show a product's name, price and picture, but neither its stock nor its reviews; lists as JSON show all of
 * it, and bear the tag of each product besides.
 */

import type { Category, Product } from '../shop/rows.ts';

/** The first page, searches, and every other page on which any product may come up. */
export const CATALOGUE_TAG = 'catalogue';

export const productTag = ({ id }: Pick<Product, 'id'>): string => `product-${id}`;
export const categoryTag = (id: number): string => `category-${id}`;

export function tagsOfProduct(product: Product): readonly string[] {
  return [productTag(product), 'products'];
}

export function tagsOfCategory({ id }: Category): readonly string[] {
  return [categoryTag(id), 'lists'];
}

export function tagsOfProducts(products: readonly Product[]): readonly string[] {
  return products.map(productTag);
}

export type Changed = 'stock' | 'reviews' | 'listing';

export function tagsChanged(product: Product, shelf: Category | undefined, what: Changed): readonly string[] {
  if (what !== 'listing') return [productTag(product)];
  const categories = [shelf?.id, shelf?.parent_id].filter(id => typeof id === 'number');
  return [productTag(product), ...categories.map(categoryTag), CATALOGUE_TAG];
}
