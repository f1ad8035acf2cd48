/**
 * Lets a response body flow to the client and keeps a copy for the cache, given out only when it is whole: read to its end,
 * of the declared length, within the limit. A client that leaves does not end the recording.
 *
 * Shape   body -> { stream for the client, whole: bytes | undefined }
 * Units   milliseconds and bytes
 * Errors  a body cut short, or silent for too long, fails the client's stream and makes `whole` undefined
 * Cost    memory for one copy, up to `maxBytes` and to the room there is; past it the rest flows through unrecorded
 */

import { concatBytes } from '../../../shared/primitives/bytes.ts';
import type { BodyPipe, CreateBodyPipe } from '../../platform.ts';
import type { RecordingRoom } from './recording-room.ts';

export interface RecordedBody {
  readonly stream: ReadableStream<Uint8Array> | null;
  readonly whole: Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** Gives the room back, when nothing is done with the copy any more. */
  release(): void;
}

export interface RecordOptions {
  readonly maxBytes: number;
  readonly room: RecordingRoom;
  /** Content-Length; undefined when the origin did not say. */
  readonly declaredBytes: number | undefined;
  /** How long the origin may be silent in the middle of a body. */
  readonly idleMs: number;
  readonly createPipe: CreateBodyPipe;
}

export function recordBody(body: ReadableStream<Uint8Array> | null, options: RecordOptions): RecordedBody {
  const recording = createRecording(options);
  if (!body) {
    recording.end();
    return { stream: null, whole: recording.whole, release: recording.release };
  }
  const pipe = options.createPipe(options.declaredBytes);
  copy(body, pipe.writable, recording, options.idleMs).catch(recording.fail);
  return { stream: pipe.readable, whole: recording.whole, release: recording.release };
}

async function copy(
  from: ReadableStream<Uint8Array>,
  to: BodyPipe['writable'],
  recording: Recording,
  idleMs: number,
): Promise<void> {
  const reader = from.getReader();
  const writer = to.getWriter();
  let hasClient = true;
  try {
    while (recording.wanted()) {
      const { done, value } = await inTime(reader.read(), idleMs);
      if (done) {
        recording.end();
        return await writer.close();
      }
      recording.add(value);
      hasClient &&= await writer.write(value).then(YES, NO);
    }
  } catch (error) {
    recording.fail();
    await Promise.allSettled([reader.cancel(error), writer.abort(error)]);
    return;
  }
  reader.releaseLock();
  writer.releaseLock();
  await (hasClient ? from.pipeTo(to) : from.cancel());
}

const YES = () => true;
const NO = () => false;

/** An origin that stops in the middle would hold the client for ever. */
function inTime<Value>(work: Promise<Value>, limitMs: number): Promise<Value> {
  return new Promise((resolve, reject) => {
    const late = () => reject(new Error(`The origin was silent for ${limitMs} ms`));
    const timer = setTimeout(late, limitMs);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

interface Recording extends Pick<RecordedBody, 'whole' | 'release'> {
  add(chunk: Uint8Array): void;
  end(): void;
  fail(): void;
  wanted(): boolean;
}

function createRecording({ maxBytes, declaredBytes, room }: RecordOptions): Recording {
  const { promise, resolve } = Promise.withResolvers<Uint8Array<ArrayBuffer> | undefined>();
  const reservation = room.reserve();
  let chunks: Uint8Array[] = [];
  let size = 0;
  // What is declared is reserved at once: half a recording that then finds no room would have been in vain.
  let wanted = reservation.grow(declaredBytes ?? 0);
  const fail = () => {
    wanted = false;
    chunks = [];
    reservation.release();
    resolve(undefined);
  };
  if (!wanted) fail();
  return {
    add(chunk) {
      size += chunk.byteLength;
      const fits = size <= maxBytes && (declaredBytes !== undefined || reservation.grow(chunk.byteLength));
      if (fits) chunks.push(chunk);
      else fail();
    },
    end() {
      if (!wanted) return;
      const whole = declaredBytes === undefined || declaredBytes === size;
      if (whole) resolve(concatBytes(chunks));
      else fail();
      chunks = [];
    },
    fail,
    wanted: () => wanted,
    whole: promise,
    release: reservation.release,
  };
}
