import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { CODECS } from '../../../edge/adapters/codecs.ts';

const text = 'To be or not to be, that is the question. '.repeat(200);

const DECOMPRESS = { br: brotliDecompressSync, gzip: gunzipSync, zstd: zstdDecompressSync };

test.each(CODECS.map(codec => [codec.name, codec] as const))(
  '%s shrinks a text to what gives it back, in a buffer of its own size',
  async (name, codec) => {
    const compressed = await codec.compress(new TextEncoder().encode(text));
    expect(compressed.byteLength).toBeLessThan(text.length / 10);
    expect(compressed.buffer.byteLength).toBe(compressed.byteLength);
    expect(DECOMPRESS[name](compressed).toString()).toBe(text);
  },
);
