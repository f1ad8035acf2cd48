/**
 * Compresses text once and well, for all who will ever ask for it.
 *
 * Shape   bytes, plan -> bytes; stream, plan -> stream; the same bytes always give the same
 * Cost    outside the main thread; brotli's window is no larger than the text, so a small file takes little memory
 */

import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import {
  type BrotliOptions,
  brotliCompress,
  constants,
  createBrotliCompress,
  createGzip,
  gzip,
} from 'node:zlib';
import type { VariantPlan } from '../../shared/publishing/text-variants.ts';
import { createByteBudget } from './byte-budget.ts';
import { COMPRESSIONS_AT_ONCE } from './sizes.ts';

const brotli = promisify(brotliCompress) as (bytes: Uint8Array, options: BrotliOptions) => Promise<Buffer>;
const gzipped = promisify(gzip) as (bytes: Uint8Array, options: { level: number }) => Promise<Buffer>;

/** Each takes some 10 MB while it works, which the byte budget does not see. */
const inTurn = createByteBudget(COMPRESSIONS_AT_ONCE);

export function compressWhole(bytes: Uint8Array, { coding, quality }: VariantPlan): Promise<Uint8Array> {
  return inTurn.within(1, () =>
    coding === 'gzip'
      ? gzipped(bytes, { level: quality })
      : brotli(bytes, brotliOptions(quality, bytes.byteLength)),
  );
}

export function compressStream(
  chunks: AsyncIterable<Uint8Array>,
  { coding, quality }: VariantPlan,
): AsyncIterable<Uint8Array> {
  const compressor =
    coding === 'gzip' ? createGzip({ level: quality }) : createBrotliCompress(brotliOptions(quality));
  const from = Readable.from(chunks, { objectMode: true });
  from.once('error', error => compressor.destroy(error));
  // Who stops reading what is compressed also stops the reading of the file.
  compressor.once('close', () => from.destroy());
  return from.pipe(compressor);
}

/** 256 KB: four times as much finds 1 % more, and takes three times the memory. */
const LARGEST_WINDOW = 18;

function brotliOptions(quality: number, bytes?: number): BrotliOptions {
  const window = bytes === undefined ? LARGEST_WINDOW : Math.ceil(Math.log2(bytes));
  return {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: quality,
      [constants.BROTLI_PARAM_LGWIN]: Math.max(10, Math.min(LARGEST_WINDOW, window)),
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      ...(bytes !== undefined && { [constants.BROTLI_PARAM_SIZE_HINT]: bytes }),
    },
  };
}
