/**
 * As much of `node:zlib` as the codecs use: the edge is checked without Node's types, so that nothing else of Node's slips in.
 *
 * Source  nodejs.org/api/zlib.html; developers.cloudflare.com/workers/runtime-apis/nodejs/zlib
 */

declare module 'node:zlib' {
  type Done = (error: Error | null, compressed: Uint8Array<ArrayBuffer>) => void;

  export const constants: {
    readonly BROTLI_PARAM_QUALITY: number;
    readonly BROTLI_PARAM_SIZE_HINT: number;
    readonly ZSTD_c_compressionLevel: number;
  };
  export function brotliCompress(
    bytes: Uint8Array,
    options: { readonly params: Readonly<Record<number, number>> },
    done: Done,
  ): void;
  export function gzip(bytes: Uint8Array, options: { readonly level: number }, done: Done): void;
  export function zstdCompress(
    bytes: Uint8Array,
    options: { readonly params: Readonly<Record<number, number>> },
    done: Done,
  ): void;
  type Decompress = (bytes: Uint8Array, options: { readonly maxOutputLength: number }, done: Done) => void;
  export const brotliDecompress: Decompress;
  export const gunzip: Decompress;
  export const zstdDecompress: Decompress;
}
