/**
 * What the cache relies on from a codec: bytes come back as they were, what is damaged is refused, and nobody can make a
 * small value unpack into a huge one.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BodyCodec } from '../../shared/cache/body-codec.ts';

const MANY = 1024 * 1024;
const text = new TextEncoder().encode('{"name":"a tap","price":12.5}'.repeat(1_000));

export function bodyCodecContract(name: string, codecs: readonly BodyCodec[]): void {
  describe.each(codecs)(`${name}: $name`, codec => {
    it('gives back every body to the byte', async () => {
      await fc.assert(
        fc.asyncProperty(fc.uint8Array({ maxLength: 5_000 }), async given => {
          const body = new Uint8Array(given);
          expect(await codec.decompress(await codec.compress(body), MANY)).toEqual(body);
        }),
        { numRuns: 50 },
      );
    });

    it('makes a repetitive text much smaller', async () => {
      expect((await codec.compress(text)).byteLength).toBeLessThan(text.byteLength / 20);
    });

    it('holds no more memory than the bytes it gives', async () => {
      const packed = await codec.compress(text);
      const unpacked = await codec.decompress(packed, MANY);
      for (const bytes of [packed, unpacked]) expect(bytes.buffer.byteLength).toBe(bytes.byteLength);
    });

    it('refuses what would unpack into more than is allowed', async () => {
      const packed = await codec.compress(new Uint8Array(10 * MANY));
      await expect(codec.decompress(packed, MANY)).rejects.toThrow();
    });

    it('refuses what is cut short, altered in its head, or no such thing', async () => {
      const packed = await codec.compress(text);
      for (const bytes of [
        packed.subarray(0, -9),
        Uint8Array.from(packed, (byte, i) => (i < 4 ? ~byte : byte)),
        text,
      ])
        await expect(codec.decompress(new Uint8Array(bytes), MANY)).rejects.toThrow();
    });
  });
}
