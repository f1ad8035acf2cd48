import zlib from 'node:zlib';
import { expect, it } from 'vitest';
import { createZlibCodecs } from '../../../shared/cache/zlib-codecs.ts';

const namesOf = (module: Parameters<typeof createZlibCodecs>[0]) =>
  createZlibCodecs(module).map(({ name }) => name);

it('packs by zstd where the runtime has it, else by brotli, and unpacks whatever it can', () => {
  const { zstdCompress, zstdDecompress, ...older } = zlib;
  expect([zstdCompress, zstdDecompress]).toEqual([expect.any(Function), expect.any(Function)]);
  expect(namesOf(zlib)).toEqual(['zstd', 'br', 'gzip']);
  expect(namesOf(older)).toEqual(['br', 'gzip']);
});
