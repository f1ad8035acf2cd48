/**
 * Lets a response body flow to the client and keeps a copy for the cache, given out only when it is whole: read to its end,
 * of the declared length, within the limit. A client that leaves does not end the recording.
 *
 * Shape   body -> { stream for the client, whole: bytes | undefined }
 * Errors  a body cut short fails the client's stream and makes `whole` undefined
 * Cost    memory for one copy, up to `maxBytes`; past it the rest flows through unrecorded
 */

import { concatBytes } from '../../shared/primitives/bytes.ts';

export interface RecordedBody {
  readonly stream: ReadableStream<Uint8Array>;
  readonly whole: Promise<Uint8Array<ArrayBuffer> | undefined>;
}

export interface RecordLimits {
  readonly maxBytes: number;
  /** Content-Length; undefined when the origin did not say. */
  readonly declaredBytes: number | undefined;
}

export function recordBody(body: ReadableStream<Uint8Array> | null, limits: RecordLimits): RecordedBody {
  const recording = createRecording(limits);
  if (!body) {
    recording.end();
    return { stream: new Response('').body as ReadableStream<Uint8Array>, whole: recording.whole };
  }
  const reader = body.getReader();
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (done) {
          recording.end();
          controller.close();
        } else {
          recording.add(value);
          controller.enqueue(value);
        }
      } catch (error) {
        recording.fail();
        controller.error(error);
      }
    },
    cancel: () => finish(reader, recording),
  });
  return { stream, whole: recording.whole };
}

/** The client has left: what is still to come is for the cache alone, and not worth reading when it cannot be kept. */
async function finish(reader: ReadableStreamDefaultReader<Uint8Array>, recording: Recording): Promise<void> {
  try {
    while (recording.wanted()) {
      const { done, value } = await reader.read();
      if (done) return recording.end();
      recording.add(value);
    }
    await reader.cancel();
  } catch {
    recording.fail();
  }
}

interface Recording {
  add(chunk: Uint8Array): void;
  end(): void;
  fail(): void;
  wanted(): boolean;
  readonly whole: RecordedBody['whole'];
}

function createRecording({ maxBytes, declaredBytes }: RecordLimits): Recording {
  const { promise, resolve } = Promise.withResolvers<Uint8Array<ArrayBuffer> | undefined>();
  let chunks: Uint8Array[] = [];
  let size = 0;
  const fail = () => {
    chunks = [];
    resolve(undefined);
  };
  return {
    add(chunk) {
      size += chunk.byteLength;
      if (size > maxBytes) fail();
      else chunks.push(chunk);
    },
    end() {
      const whole = size <= maxBytes && (declaredBytes === undefined || declaredBytes === size);
      resolve(whole ? concatBytes(chunks) : undefined);
    },
    fail,
    wanted: () => size <= maxBytes,
    whole: promise,
  };
}
