/**
 * Lets through the bytes of one range of a body on its way, and lets go of the rest.
 *
 * Errors  a body that ends too early fails the stream
 */

import type { ByteRange } from '../../../shared/http/range.ts';
import type { BodyPipe, CreateBodyPipe } from '../../platform.ts';

export function sliceStream(
  body: ReadableStream<Uint8Array>,
  range: ByteRange,
  createPipe: CreateBodyPipe,
): ReadableStream<Uint8Array> {
  const { readable, writable } = createPipe(range.end - range.start + 1);
  void copy(body.getReader(), writable.getWriter(), range);
  return readable;
}

async function copy(
  from: ReadableStreamDefaultReader<Uint8Array>,
  to: ReturnType<BodyPipe['writable']['getWriter']>,
  { start, end }: ByteRange,
): Promise<void> {
  let position = 0;
  try {
    while (position <= end) {
      const { done, value } = await from.read();
      if (done) throw new Error('The body ended before the range did');
      const piece = value.subarray(Math.max(0, start - position), Math.max(0, end + 1 - position));
      position += value.byteLength;
      if (piece.byteLength > 0) await to.write(piece);
    }
    await Promise.all([to.close(), from.cancel()]);
  } catch (error) {
    await Promise.allSettled([from.cancel(error), to.abort(error)]);
  }
}
