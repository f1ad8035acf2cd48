import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sliceStream } from '../../../../edge/proxy/delivering/slice-stream.ts';

const createPipe = () => new TransformStream<Uint8Array, Uint8Array>();

function streamOf(pieces: readonly Uint8Array[], ended = true) {
  let cancelled = false;
  const rest = [...pieces];
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      const piece = rest.shift();
      if (piece) controller.enqueue(piece);
      else if (ended) controller.close();
    },
    cancel: () => {
      cancelled = true;
    },
  });
  return { stream, wasLetGo: () => cancelled };
}

const bytesOf = async (stream: ReadableStream<Uint8Array>) => [
  ...new Uint8Array(await new Response(stream).arrayBuffer()),
];

test('whatever the pieces, the same bytes come out as are cut from the whole', async () => {
  const bodies = fc.array(fc.uint8Array({ maxLength: 8 }), { maxLength: 8 });
  const ends = fc.tuple(fc.nat(70), fc.nat(70));
  await fc.assert(
    fc.asyncProperty(bodies, ends, async (pieces, [one, other]) => {
      const whole = pieces.flatMap(piece => [...piece]);
      const range = { start: Math.min(one, other), end: Math.max(one, other) };
      fc.pre(range.end < whole.length);
      const part = await bytesOf(sliceStream(streamOf(pieces).stream, range, createPipe));
      expect(part).toEqual(whole.slice(range.start, range.end + 1));
    }),
  );
});

test('what comes after the range is let go, not waited for', async () => {
  const { stream, wasLetGo } = streamOf([new Uint8Array([1, 2, 3])], false);
  expect(await bytesOf(sliceStream(stream, { start: 1, end: 1 }, createPipe))).toEqual([2]);
  expect(wasLetGo()).toBe(true);
});

test('a body that ends before the range does fails', async () => {
  const { stream } = streamOf([new Uint8Array([1, 2])]);
  await expect(bytesOf(sliceStream(stream, { start: 1, end: 5 }, createPipe))).rejects.toThrow(
    'before the range',
  );
});

test('a client that leaves lets go of the body', async () => {
  const { stream, wasLetGo } = streamOf([new Uint8Array([1]), new Uint8Array([2]), new Uint8Array([3])]);
  await sliceStream(stream, { start: 0, end: 2 }, createPipe).cancel();
  await new Promise(resolve => setTimeout(resolve));
  expect(wasLetGo()).toBe(true);
});
