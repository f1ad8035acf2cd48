/**
 * The codings of `node:zlib`, which Node and workerd both have, as codecs for stored values. The module is passed in: this
 * folder imports no runtime.
 *
 * zstd 1 packs a JSON text to 5 % in half the time of gzip 1, and as well as brotli 4 in a quarter of its time; where the
 * runtime has none (Node before 22.15), brotli packs. All that the runtime has unpack, so an upgrade keeps the cache.
 *
 * Errors  rejects with zlib's: what is not of the coding, what is cut short, what would be larger than `maxBytes`
 * Cost    CPU off the main thread in Node
 * Source  nodejs.org/api/zlib.html
 */

import type { BodyCodec } from './body-codec.ts';

/** Of the module, what is used; zstd may be missing. */
export interface Zlib {
  readonly constants: {
    readonly BROTLI_PARAM_QUALITY: number;
    readonly ZSTD_c_compressionLevel?: number;
  };
  readonly zstdCompress?: Coding<{ readonly params: Readonly<Record<number, number>> }>;
  readonly zstdDecompress?: Coding<{ readonly maxOutputLength: number }>;
  readonly brotliCompress: Coding<{ readonly params: Readonly<Record<number, number>> }>;
  readonly brotliDecompress: Coding<{ readonly maxOutputLength: number }>;
  readonly gzip: Coding<{ readonly level: number }>;
  readonly gunzip: Coding<{ readonly maxOutputLength: number }>;
}

type Coding<Options> = (body: Uint8Array, options: Options, done: Done) => void;
type Done = (error: Error | null, result: Uint8Array) => void;

const ZSTD_LEVEL = 1;
const BROTLI_QUALITY = 4;
const GZIP_LEVEL = 1;

export function createZlibCodecs(zlib: Zlib): readonly BodyCodec[] {
  const { constants, zstdCompress, zstdDecompress } = zlib;
  const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } };
  const codecs = [
    codec('br', apply(zlib.brotliCompress, brotli), zlib.brotliDecompress),
    codec('gzip', apply(zlib.gzip, { level: GZIP_LEVEL }), zlib.gunzip),
  ];
  if (!zstdCompress || !zstdDecompress || constants.ZSTD_c_compressionLevel === undefined) return codecs;
  const zstd = { params: { [constants.ZSTD_c_compressionLevel]: ZSTD_LEVEL } };
  return [codec('zstd', apply(zstdCompress, zstd), zstdDecompress), ...codecs];
}

type Bytes = Uint8Array<ArrayBuffer>;

function codec(
  name: string,
  compress: (body: Bytes) => Promise<Bytes>,
  decompress: Coding<{ readonly maxOutputLength: number }>,
): BodyCodec {
  return {
    name,
    compress,
    decompress: (body, maxOutputLength) => apply(decompress, { maxOutputLength })(body),
  };
}

function apply<Options>(coding: Coding<Options>, options: Options): (body: Bytes) => Promise<Bytes> {
  return body =>
    new Promise((resolve, reject) => {
      // A copy: zlib's result may be a piece of a larger buffer, which would be held for as long as the piece is.
      coding(body, options, (error, result) => (error ? reject(error) : resolve(new Uint8Array(result))));
    });
}
