import { beforeEach, describe, expect, it } from 'vitest';
import type { Cache } from '../../../shared/cache/cache-api.ts';
import { cacheable } from '../../../shared/cache/cacheable.ts';
import { createCacheHome } from '../../fakes/cache.ts';

let cache: Cache;
let calls: unknown[][];
beforeEach(async () => {
  cache = (await createCacheHome()).open();
  calls = [];
});

async function price(this: unknown, id: string, currency = 'EUR') {
  calls.push([id, currency]);
  return { id, currency };
}

describe('a cacheable function', () => {
  it('is called once for the same arguments, and again for others', async () => {
    const cached = cacheable(price, { cache, name: 'price' });
    expect(await cached('a')).toEqual({ id: 'a', currency: 'EUR' });
    expect(await cached('a')).toEqual({ id: 'a', currency: 'EUR' });
    expect(await cached('a', 'CHF')).toEqual({ id: 'a', currency: 'CHF' });
    expect(calls).toHaveLength(2);
  });

  it('tells a text from a number, and a list from its members', async () => {
    const cached = cacheable(async (...args: unknown[]) => calls.push(args), { cache, name: 'any' });
    const all = await Promise.all([cached('1'), cached(1), cached([1]), cached('1', '2'), cached('1,2')]);
    expect(new Set(all).size).toBe(5);
  });

  it('goes by a key of its own where there is one', async () => {
    const cached = cacheable(price, { cache, name: 'price', key: id => id });
    await cached('a', 'EUR');
    expect(await cached('a', 'CHF')).toEqual({ id: 'a', currency: 'EUR' });
  });

  it('refuses arguments that no key can be made of', async () => {
    const cached = cacheable(async (when: Date) => when.getTime(), { cache, name: 'day' });
    await expect(cached(new Date(0))).rejects.toMatchObject({ code: 'CACHE_KEY_INVALID' });
  });

  it('takes the options of a load, and its results are purged by tag and by name', async () => {
    const tags = ({ id }: { id: string }) => [`product-${id}`];
    const cached = cacheable(price, { cache, name: 'price', tags });
    await cached('a');
    await cache.purgeTags(['product-a']);
    await cached('a');
    await cache.purgePrefix('price:');
    await cached('a');
    expect(calls).toHaveLength(3);
  });
});

describe('the decorator', () => {
  it('does the same for a method, called with its object', async () => {
    const decorate = cacheable<[string], string>({ cache, name: 'shop.price' });
    class Shop {
      readonly currency = 'EUR';
      async price(id: string): Promise<string> {
        calls.push([id]);
        return `${id} ${this.currency}`;
      }
    }
    const context = { kind: 'method', name: 'price' } as ClassMethodDecoratorContext;
    Object.defineProperty(Shop.prototype, 'price', { value: decorate(Shop.prototype.price, context) });
    expect([await new Shop().price('a'), await new Shop().price('a')]).toEqual(['a EUR', 'a EUR']);
    expect(calls).toEqual([['a']]);
  });
});
