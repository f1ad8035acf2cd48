import { describe, expect, test } from 'vitest';
import { type RecordOptions, recordBody } from '../../../../edge/proxy/keeping/record-body.ts';
import { createRecordingRoom } from '../../../../edge/proxy/keeping/recording-room.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const textOf = async (whole: Promise<Uint8Array | undefined>) => {
  const body = await whole;
  return body && new TextDecoder().decode(body);
};

/** Pieces of text; an Error breaks off, 'stop' is silence for ever. */
function bodyOf(...pieces: (string | Error)[]): ReadableStream<Uint8Array> {
  const left = [...pieces];
  return new ReadableStream(
    {
      pull(controller) {
        const piece = left.shift();
        if (piece === 'stop') return new Promise(() => {});
        if (piece === undefined) controller.close();
        else if (piece instanceof Error) controller.error(piece);
        else controller.enqueue(bytes(piece));
      },
    },
    { highWaterMark: 0 },
  );
}

const options = (more: Partial<RecordOptions> = {}): RecordOptions => ({
  maxBytes: 10,
  declaredBytes: undefined,
  idleMs: 10_000,
  room: createRecordingRoom(1_000, Date.now),
  createPipe: () => new TransformStream(),
  ...more,
});

const read = (stream: ReadableStream<Uint8Array> | null) => new Response(stream).text();

test('the client gets every piece, the cache the whole', async () => {
  const { stream, whole } = recordBody(bodyOf('one ', 'two'), options());
  expect(await read(stream)).toBe('one two');
  expect(await textOf(whole)).toBe('one two');
});

test('pieces reach the client as they come', async () => {
  const { stream } = recordBody(bodyOf('first', 'stop'), options());
  const reader = stream?.getReader();
  expect((await reader?.read())?.value).toEqual(bytes('first'));
});

test('no body is an empty one', async () => {
  const { stream, whole } = recordBody(null, options());
  expect(stream).toBeNull();
  expect(await textOf(whole)).toBe('');
});

describe('nothing is kept', () => {
  test('of a body that breaks off, and the client sees it break', async () => {
    const { stream, whole } = recordBody(bodyOf('half', new Error('reset')), options());
    await expect(read(stream)).rejects.toThrow();
    expect(await whole).toBeUndefined();
  });

  test.each([3, 5])('of four bytes that were declared as %i', async declaredBytes => {
    const { stream, whole } = recordBody(bodyOf('four'), options({ declaredBytes }));
    await read(stream);
    expect(await whole).toBeUndefined();
  });

  test('of a body over the limit, which the client still gets whole', async () => {
    const { stream, whole } = recordBody(bodyOf('0123456789', 'x', 'and more'), options());
    expect(await read(stream)).toBe('0123456789xand more');
    expect(await whole).toBeUndefined();
  });

  test('of a body that falls silent, and the client is not held', async () => {
    const { stream, whole } = recordBody(bodyOf('half', 'stop'), options({ idleMs: 20 }));
    await expect(read(stream)).rejects.toThrow('silent for 20 ms');
    expect(await whole).toBeUndefined();
  });
});

test('a body exactly at the limit is kept', async () => {
  const { stream, whole } = recordBody(bodyOf('01234', '56789'), options());
  await read(stream);
  expect(await textOf(whole)).toBe('0123456789');
});

describe('a client that leaves', () => {
  test('before the first piece, or after it, does not end the recording', async () => {
    const unread = recordBody(bodyOf('one ', 'two'), options());
    await unread.stream?.cancel();
    expect(await textOf(unread.whole)).toBe('one two');
    const begun = recordBody(bodyOf('one ', 'two'), options());
    const reader = begun.stream?.getReader();
    await reader?.read();
    await reader?.cancel();
    expect(await textOf(begun.whole)).toBe('one two');
  });

  test('takes a body that cannot be kept with it', async () => {
    let cancelled = false;
    const body = new ReadableStream<Uint8Array>({
      pull: controller => controller.enqueue(bytes('0123456789')),
      cancel: () => {
        cancelled = true;
      },
    });
    const { stream, whole } = recordBody(body, options());
    await stream?.cancel();
    expect(await whole).toBeUndefined();
    await new Promise(resolve => setImmediate(resolve));
    expect(cancelled).toBe(true);
  });
});

describe('when there is no room for more', () => {
  const room = () => createRecordingRoom(8, Date.now);

  test.each([
    ['seen from its declared length', 12],
    ['seen on the way', undefined],
  ])('%s, the client still gets all, and the cache nothing', async (_, declaredBytes) => {
    const { stream, whole } = recordBody(
      bodyOf('0123', '4567', '89ab'),
      options({ maxBytes: 100, declaredBytes, room: room() }),
    );
    expect(await read(stream)).toBe('0123456789ab');
    expect(await textOf(whole)).toBeUndefined();
  });

  test('what gave up, or is done, makes room for the next one', async () => {
    const shared = room();
    const record = () => recordBody(bodyOf('0123', '4567'), options({ room: shared }));
    const first = record();
    await read(first.stream);
    expect(await textOf(first.whole)).toBe('01234567');
    const second = record();
    await read(second.stream);
    expect(await textOf(second.whole)).toBeUndefined();
    first.release();
    const third = record();
    await read(third.stream);
    expect(await textOf(third.whole)).toBe('01234567');
  });
});
