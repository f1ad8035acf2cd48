/**
 * Hands a request's body on to the origin piece by piece, unbuffered, and counts only the time that the origin takes.
 *
 * An upload that the client breaks off must not look whole to the origin, and workerd ends a chunked request properly when
 * its body fails; so the request itself is given up first.
 *
 * Errors  none; a body that breaks off aborts the request through its deadline
 */

import type { CreateBodyPipe } from '../../platform.ts';
import type { Deadline } from './deadline.ts';

export interface UploadOptions {
  /** Content-Length; undefined when the client did not say. */
  readonly declaredBytes: number | undefined;
  readonly deadline: Deadline;
  readonly createPipe: CreateBodyPipe;
}

export function forwardUpload(
  body: ReadableStream<Uint8Array>,
  { declaredBytes, deadline, createPipe }: UploadOptions,
): ReadableStream<Uint8Array> {
  const { readable, writable } = createPipe(declaredBytes);
  void copy(body.getReader(), writable.getWriter(), deadline);
  return readable;
}

async function copy(
  from: ReadableStreamDefaultReader<Uint8Array>,
  to: WritableStreamDefaultWriter<Uint8Array>,
  deadline: Deadline,
): Promise<void> {
  try {
    for (let piece = await next(from, deadline); !piece.done; piece = await next(from, deadline)) {
      await to.write(piece.value);
    }
    await to.close();
  } catch (error) {
    await Promise.allSettled([from.cancel(error), to.abort(error)]);
  }
}

/** While the client takes its time, the origin's does not run. */
async function next(from: ReadableStreamDefaultReader<Uint8Array>, deadline: Deadline) {
  deadline.pause();
  try {
    return await from.read();
  } catch (error) {
    deadline.abort();
    throw error;
  } finally {
    deadline.extend();
  }
}
