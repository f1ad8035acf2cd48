/**
 * What an application may hand over as an asset: text, bytes, a stream, or where a file lies.
 *
 * Shape   body -> ByteSource
 * Errors  those of the file or stream
 */

import { type ByteSource, openFile, openStream } from './sources.ts';

export type AssetBody =
  | string
  | Uint8Array
  | ReadableStream<Uint8Array>
  | AsyncIterable<Uint8Array>
  /** A file; a link is not followed. */
  | { readonly path: string };

export async function openBody(body: AssetBody): Promise<ByteSource> {
  if (typeof body === 'string') return openStream(once(new TextEncoder().encode(body)));
  if (body instanceof Uint8Array) return openStream(once(body));
  if ('path' in body && typeof body.path === 'string') return openFile(body.path);
  return openStream(body as AsyncIterable<Uint8Array>);
}

/** What was read already comes first. */
export function rejoin(first: Uint8Array, rest: ByteSource): ByteSource {
  let left = first;
  return {
    async fill(buffer) {
      const taken = left.subarray(0, buffer.byteLength);
      buffer.set(taken);
      left = left.subarray(taken.byteLength);
      if (taken.byteLength === buffer.byteLength) return taken.byteLength;
      return taken.byteLength + (await rest.fill(buffer.subarray(taken.byteLength)));
    },
    close: () => rest.close(),
  };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
