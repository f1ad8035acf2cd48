import { expect, it } from 'vitest';
import { createMemoryVariants } from '../../../functions/adapters/image-stores/memory-variants.ts';
import { createFallback } from '../../../functions/optimize-image/fallback.ts';
import type { ImageRequest } from '../../../shared/images/options.ts';
import { refuse } from '../../../shared/images/refusal.ts';

function open(source: string | null = 'none.png') {
  const asked: ImageRequest[] = [];
  const make = async (request: ImageRequest) => {
    asked.push(request);
    if (request.source === 'broken.png') return refuse('IMAGE_UNREADABLE', '');
    return { bytes: new Uint8Array([1]), contentType: 'image/png', sourceETag: '"1"' };
  };
  return { asked, fallback: createFallback({ make, kept: createMemoryVariants(), source }) };
}

const failed = (options: ImageRequest['options']) => ({ source: 'missing.jpg', options });

it('looks like what was asked for, and is made once', async () => {
  const { asked, fallback } = open();
  const options = { width: 320, format: 'webp', quality: 80, onerror: 'fallback', blur: 3 } as const;
  expect(await fallback(failed(options))).toMatchObject({ contentType: 'image/png' });
  expect(await fallback(failed(options))).toMatchObject({ contentType: 'image/png' });
  expect(asked).toEqual([{ source: 'none.png', options: { width: 320, format: 'webp', quality: 80 } }]);
});

it('is a picture even where a description was asked for', async () => {
  const { asked, fallback } = open();
  await fallback(failed({ format: 'json' }));
  expect(asked[0]?.options).toEqual({ format: 'legacy' });
});

it('is nothing where there is none, or it is broken too', async () => {
  expect(await open(null).fallback(failed({}))).toBeUndefined();
  expect(await open('broken.png').fallback(failed({}))).toBeUndefined();
});
