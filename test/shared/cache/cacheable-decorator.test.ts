import { transform } from 'esbuild';
import { expect, it } from 'vitest';
import { cacheable } from '../../../shared/cache/cacheable.ts';
import { createCacheHome } from '../../fakes/cache.ts';

/** As an application writes it: type stripping alone cannot run decorators, so a compiler lowers them. */
const SOURCE = `
  return class Shop {
    calls = 0;
    @cacheable({ cache, name: 'shop.price' })
    async price(id: string): Promise<string> {
      this.calls++;
      return id + ' EUR';
    }
  }
`;

it('written with an @, compiled as the standard says', async () => {
  const { code } = await transform(`async function build(cacheable, cache) {${SOURCE}}`, {
    loader: 'ts',
    target: 'es2022',
  });
  expect(code).not.toContain('@cacheable');
  const build = new Function(`${code}; return build`)();
  const Shop = await build(cacheable, (await createCacheHome()).open());
  const shop = new Shop();
  expect([await shop.price('a'), await shop.price('a'), await shop.price('b')]).toEqual([
    'a EUR',
    'a EUR',
    'b EUR',
  ]);
  expect(shop.calls).toBe(2);
});
