import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { isRefusal } from '../../../../shared/images/refusal.ts';
import { parseImageRequest } from '../../../../shared/images/request/parse-request.ts';
import { resolveRequest } from '../../../../shared/images/resolve/resolve.ts';
import { sourceTag, variantETag, variantKey } from '../../../../shared/images/resolve/variant.ts';
import { DEFAULT_IMAGE_SETTINGS } from '../../../../shared/images/settings.ts';

const request = { source: 'photos/ü.jpg', options: { width: 640, format: 'avif', quality: 55 } } as const;

it('is kept below its source, under the words of the URL', () => {
  expect(variantKey(request)).toBe('photos/ü.jpg/width=640,format=avif,quality=55');
});

it('fits into a key of S3, however much is asked for of a source with the longest name', () => {
  const longest =
    'width=16384,height=16384,fit=cover,gravity=0.123x0.456,trim=255,crop=10001;10002;10003;10004,rotate=270,flip=hv,' +
    'pad=1000;999;998;997,background=12345678,grayscale=true,tint=12345678,blur=99.99,sharpen=9.99,watermark=' +
    `${'w'.repeat(64)},format=legacy,quality=100,compression=fast,profile=p3,metadata=copyright`;
  const asked = parseImageRequest(
    { pathname: `/images/${longest}/${'s'.repeat(640)}`, search: '' },
    DEFAULT_IMAGE_SETTINGS,
  );
  if (isRefusal(asked)) throw new Error(asked.detail);
  const watermarks = { ['w'.repeat(64)]: { key: 'w.png' } };
  const settings = { ...DEFAULT_IMAGE_SETTINGS, ladder: null, watermarks };
  const resolved = resolveRequest({ ...asked, options: { ...asked.options, dpr: 4 } }, null, settings);
  if (isRefusal(resolved)) throw new Error(resolved.detail);
  expect(new TextEncoder().encode(variantKey(resolved)).byteLength).toBeLessThanOrEqual(1024);
});

it('is tagged by its source', async () => {
  const hash = createHash('sha256').update('photos/ü.jpg').digest('hex').slice(0, 40);
  expect(await sourceTag('photos/ü.jpg')).toBe(`src-${hash}`);
});

it('has a validator of source and options, and of nothing else', () => {
  const tag = variantETag(request, '"abc"');
  expect(tag).toMatch(/^"[0-9a-f]{16}"$/);
  expect(variantETag({ ...request, options: { ...request.options, onerror: 'redirect' } }, '"abc"')).toBe(
    tag,
  );
  expect(variantETag(request, '"abd"')).not.toBe(tag);
  expect(variantETag({ ...request, options: { ...request.options, width: 641 } }, '"abc"')).not.toBe(tag);
});
