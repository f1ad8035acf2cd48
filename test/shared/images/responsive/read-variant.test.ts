import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { readVariant } from '../../../../shared/images/responsive/read-variant.ts';

describe('readVariant', () => {
  it.each(['avif', 'webp', 'jpeg', 'png', 'gif'] as const)(
    'sees how large a picture in %s is',
    async format => {
      const blank = sharp({ create: { width: 30, height: 20, channels: 3, background: 'teal' } });
      const bytes = new Uint8Array(await blank.toFormat(format).toBuffer());
      const response = new Response(bytes, { headers: { 'content-type': `image/${format}` } });
      expect(await readVariant(response)).toEqual({
        ok: true,
        width: 30,
        height: 20,
        bytes: bytes.byteLength,
        contentType: `image/${format}`,
      });
    },
  );

  it.each([
    [Response.json({ code: 'IMAGE_SOURCE_MISSING' }, { status: 404 }), 'IMAGE_SOURCE_MISSING'],
    [new Response('<html>', { status: 503 }), 'STATUS_503'],
    [Response.json(null, { status: 500 }), 'STATUS_500'],
  ])('tells why there is none', async (response, code) => {
    expect(await readVariant(response)).toEqual({ ok: false, code });
  });

  it('takes nothing for a picture that is none', async () => {
    await expect(readVariant(new Response('words'))).rejects.toThrow();
  });
});
