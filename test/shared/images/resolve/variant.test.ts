import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { sourceTag, variantETag, variantKey } from '../../../../shared/images/resolve/variant.ts';

const request = { source: 'photos/ü.jpg', options: { width: 640, format: 'avif', quality: 55 } } as const;

it('is kept below its source, under the words of the URL', () => {
  expect(variantKey(request)).toBe('photos/ü.jpg/width=640,format=avif,quality=55');
});

it('is tagged by its source', async () => {
  const hash = createHash('sha256').update('photos/ü.jpg').digest('hex').slice(0, 40);
  expect(await sourceTag('photos/ü.jpg')).toBe(`src-${hash}`);
});

it('has a validator of source and options, and of nothing else', async () => {
  const tag = await variantETag(request, '"abc"');
  expect(tag).toMatch(/^"[0-9a-f]{32}"$/);
  expect(
    await variantETag({ ...request, options: { ...request.options, onerror: 'redirect' } }, '"abc"'),
  ).toBe(tag);
  expect(await variantETag(request, '"abd"')).not.toBe(tag);
  expect(await variantETag({ ...request, options: { ...request.options, width: 641 } }, '"abc"')).not.toBe(
    tag,
  );
});
