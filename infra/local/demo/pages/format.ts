/**
 * How the demo writes prices, days and stars, and where a product's picture is.
 */

import type { Product } from '../shop/rows.ts';

export function price(amount: string): string {
  return `€ ${amount}`;
}

export function day(instant: Date): string {
  return instant.toISOString().slice(0, 10);
}

export function stars(rating: number): string {
  const full = Math.round(rating);
  return '★'.repeat(full) + '☆'.repeat(5 - full);
}

export function picturePath({ id }: Pick<Product, 'id'>): string {
  return `/media/products/${id}.jpg`;
}
