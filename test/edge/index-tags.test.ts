import { expect, it } from 'vitest';
import { indexTags } from '../../edge/index-tags.ts';
import type { Stored } from '../../edge/proxy/stored.ts';
import type { CacheWrite, Levels } from '../../shared/cache/levels.ts';
import type { IndexedPage } from '../../shared/cdn/tag-index/tag-index.ts';

const DAY_MS = 86_400_000;

function open(fails = false) {
  const written: unknown[] = [];
  const added: IndexedPage[] = [];
  const logged: object[] = [];
  const cache = {
    write: async (request: unknown) => void written.push(request),
  } as unknown as Levels<Stored>;
  const indexed = indexTags(cache, {
    index: {
      async add(page) {
        if (fails) throw new Error('away');
        added.push(page);
      },
    },
    log: entry => logged.push(entry),
  });
  const write = (tags: readonly string[]) =>
    indexed.write({ value: { tags, deadAt: 1_000 } } as unknown as CacheWrite<Stored>);
  return { write, written, added, logged };
}

it('what is kept is written down under the tags of its origin and route, by its address', async () => {
  const { write, written, added } = open();
  await write([',//a.example:8443/x?y=1', ',p//a.example:8443/', ',*', 'product-1', 'products']);
  expect(written).toHaveLength(1);
  expect(added).toEqual([
    { url: 'https://a.example:8443/x?y=1', tags: ['product-1', 'products'], endsAt: 1_000 + DAY_MS },
  ]);
});

it('what has no tags but Headrace’s own is not', async () => {
  const { write, written, added } = open();
  await write([',//a.example/', ',*']);
  expect([written.length, added.length]).toEqual([1, 0]);
});

it('an index that does not answer keeps nothing from the cache', async () => {
  const { write, written, logged } = open(true);
  await write([',//a.example/', 'product-1']);
  expect(written).toHaveLength(1);
  expect(logged).toEqual([{ event: 'tags-not-indexed', reason: 'Error: away' }]);
});
