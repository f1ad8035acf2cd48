/**
 * Keeps the demo's products in memory: for runs whose database is the user's own, in which a demo has no business.
 */

import { type Catalogue, SEED } from './catalogue.ts';

export function createMemoryCatalogue(): Catalogue {
  const products = new Map(SEED.map(product => [product.id, product]));
  return {
    list: async () => [...products.values()],
    find: async id => products.get(id),
    async change(id, change) {
      const before = products.get(id);
      if (before === undefined) return undefined;
      const after = { id, name: change.name ?? before.name, price: change.price ?? before.price };
      products.set(id, after);
      return after;
    },
  };
}
