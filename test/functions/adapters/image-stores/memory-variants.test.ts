import { expect, it } from 'vitest';
import { createMemoryVariants } from '../../../../functions/adapters/image-stores/memory-variants.ts';

const variant = { bytes: new Uint8Array(400), contentType: 'image/webp', sourceETag: '"1"', tag: 'src-1' };

it('keeps variants up to its bytes, and forgets the least used', async () => {
  const variants = createMemoryVariants(1_000);
  await variants.keep('a', variant);
  await variants.keep('b', variant);
  expect(await variants.find('a')).toMatchObject({ sourceETag: '"1"' });
  await variants.keep('c', variant);
  expect(await variants.find('b')).toBeUndefined();
  expect(await variants.find('a')).toBeDefined();
});
