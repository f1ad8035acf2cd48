import { expect, test } from 'vitest';
import { startDeadline } from '../../../edge/proxy/deadline.ts';
import { forwardUpload } from '../../../edge/proxy/upload.ts';

const createPipe = () => new TransformStream<Uint8Array, Uint8Array>();
const bytes = (text: string) => new TextEncoder().encode(text);

function streamOf(...pieces: (string | Error)[]) {
  const left = [...pieces];
  let cancelled = false;
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      const piece = left.shift();
      if (piece === undefined) controller.close();
      else if (piece instanceof Error) controller.error(piece);
      else controller.enqueue(bytes(piece));
    },
    cancel: () => {
      cancelled = true;
    },
  });
  return { stream, wasCancelled: () => cancelled };
}

const watched = () => {
  let extended = 0;
  const deadline = startDeadline(10_000);
  return { deadline: { ...deadline, extend: () => void extended++ }, extended: () => extended };
};

test('the body arrives whole, and each piece prolongs the wait', async () => {
  const { deadline, extended } = watched();
  const sent = forwardUpload(streamOf('one ', 'two').stream, {
    declaredBytes: undefined,
    deadline,
    createPipe,
  });
  expect(await new Response(sent).text()).toBe('one two');
  expect(extended()).toBe(2);
  deadline.end();
});

test('a client that breaks off aborts the request before its body ends', async () => {
  const { deadline } = watched();
  const sent = forwardUpload(streamOf('half', new Error('gone')).stream, {
    declaredBytes: undefined,
    deadline,
    createPipe,
  });
  await expect(new Response(sent).text()).rejects.toThrow();
  expect(deadline.signal.aborted).toBe(true);
  deadline.end();
});

test('an origin that takes no more lets the client’s body go, and its answer stands', async () => {
  const { deadline } = watched();
  const { stream, wasCancelled } = streamOf('one', 'two', 'three');
  const sent = forwardUpload(stream, { declaredBytes: undefined, deadline, createPipe });
  await sent.cancel();
  await new Promise(resolve => setImmediate(resolve));
  expect(wasCancelled()).toBe(true);
  expect(deadline.signal.aborted).toBe(false);
  deadline.end();
});
