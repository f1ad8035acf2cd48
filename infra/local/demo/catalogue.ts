/**
 * The products of the demo origin: what one is, what may be changed, where they are kept.
 */

import { z } from 'zod';

export interface Product {
  readonly id: number;
  readonly name: string;
  readonly price: number;
}

export const PRODUCT_CHANGE = z
  .strictObject({
    name: z.string().trim().min(1).max(80).optional(),
    price: z.number().min(0).max(1_000_000).multipleOf(0.01).optional(),
  })
  .refine(change => Object.keys(change).length > 0, 'must name at least one of name and price');

export type ProductChange = z.output<typeof PRODUCT_CHANGE>;

export interface Catalogue {
  list(): Promise<readonly Product[]>;
  find(id: number): Promise<Product | undefined>;
  /** The product as it is now; undefined when there is none. */
  change(id: number, change: ProductChange): Promise<Product | undefined>;
}

export const SEED: readonly Product[] = [
  { id: 1, name: 'Water wheel', price: 1299 },
  { id: 2, name: 'Mill stone', price: 480 },
  { id: 3, name: 'Sluice gate', price: 325.5 },
  { id: 4, name: 'Flour sack', price: 4.5 },
];
