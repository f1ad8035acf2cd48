import { describe, expect, it } from 'vitest';
import { type BodyCodec, packBody, unpackBody } from '../../../shared/cache/body-codec.ts';

/** Halves anything, and gives it back. */
const half: BodyCodec = {
  name: 'half',
  compress: body => body.slice(0, Math.ceil(body.length / 2)),
  decompress(body, maxBytes) {
    if (body.length * 2 > maxBytes) throw new RangeError('too large');
    return Uint8Array.from([...body, ...body]);
  },
};
const poor: BodyCodec = { ...half, name: 'poor', compress: body => body.slice(1) };
const packing = { codecs: [half], minBytes: 10, maxBytes: 1_000 };
const bytes = (length: number) => new Uint8Array(length).fill(7);

describe('packing', () => {
  it('is done from a size on, by the first coding, and undone by any', async () => {
    expect(await packBody(bytes(9), packing)).toEqual({ body: bytes(9) });
    const packed = await packBody(bytes(10), packing);
    expect(packed).toEqual({ coding: 'half', body: bytes(5) });
    expect(await unpackBody(packed, { ...packing, codecs: [poor, half] })).toEqual(bytes(10));
  });

  it('is left where it does not make smaller by a tenth', async () => {
    expect(await packBody(bytes(10), { ...packing, codecs: [poor] })).toEqual({ body: bytes(10) });
    expect(await packBody(bytes(10), { ...packing, codecs: [] })).toEqual({ body: bytes(10) });
  });

  it('by a coding that is not here, or that fails, cannot be undone', async () => {
    expect(await unpackBody({ coding: 'zstd', body: bytes(5) }, packing)).toBeUndefined();
    expect(await unpackBody({ coding: 'half', body: bytes(501) }, packing)).toBeUndefined();
    expect(await unpackBody({ body: bytes(5) }, packing)).toEqual(bytes(5));
  });
});
