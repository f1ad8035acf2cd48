/**
 * The codecs of the runtime: brotli, zstd and gzip.
 *
 * The qualities are those past which time grows faster than what is saved: brotli 5 makes 29 % of a text at 37 MB a second,
 * zstd 3 32 % at 140 MB, gzip 6 31 % at 55 MB; brotli 11 would make 26 % at 0.7 MB.
 *
 * Errors  rejects with zlib's
 * Cost    CPU time of the isolate, off the response path; the module is loaded for the first response that is compressed,
 *         which spares every start 4 ms
 * Source  nodejs.org/api/zlib.html
 */

import type * as Zlib from 'node:zlib';
import type { Codec } from '../../shared/http/compression.ts';

type Bytes = Uint8Array<ArrayBuffer>;
type Done = (error: Error | null, compressed: Bytes) => void;
type Compress = (zlib: typeof Zlib, bytes: Uint8Array, done: Done) => void;

const brotli: Compress = ({ brotliCompress, constants }, bytes, done) => {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 5,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.byteLength,
  };
  brotliCompress(bytes, { params }, done);
};

const zstd: Compress = ({ zstdCompress, constants }, bytes, done) =>
  zstdCompress(bytes, { params: { [constants.ZSTD_c_compressionLevel]: 3 } }, done);

export const CODECS: readonly Codec[] = [
  codec('br', brotli),
  codec('zstd', zstd),
  codec('gzip', ({ gzip }, bytes, done) => gzip(bytes, { level: 6 }, done)),
];

function codec(name: Codec['name'], compress: Compress): Codec {
  return {
    name,
    async compress(bytes) {
      const zlib = await import('node:zlib');
      return new Promise((resolve, reject) => {
        // A copy: zlib's buffer is a piece of a larger one, which would be held as long as the cache holds the piece.
        compress(zlib, bytes, (error, compressed) =>
          error ? reject(error) : resolve(new Uint8Array(compressed)),
        );
      });
    },
  };
}
