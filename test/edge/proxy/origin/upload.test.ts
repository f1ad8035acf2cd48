import { expect, test, vi } from 'vitest';
import { startDeadline } from '../../../../edge/proxy/origin/deadline.ts';
import { forwardUpload } from '../../../../edge/proxy/origin/upload.ts';

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

test('the body arrives whole', async () => {
  const deadline = startDeadline(10_000);
  const sent = forwardUpload(streamOf('one ', 'two').stream, {
    declaredBytes: undefined,
    deadline,
    createPipe,
  });
  expect(await new Response(sent).text()).toBe('one two');
  deadline.end();
});

test('a client that breaks off aborts the request before its body ends', async () => {
  const deadline = startDeadline(10_000);
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
  const deadline = startDeadline(10_000);
  const { stream, wasCancelled } = streamOf('one', 'two', 'three');
  const sent = forwardUpload(stream, { declaredBytes: undefined, deadline, createPipe });
  await sent.cancel();
  await new Promise(resolve => setImmediate(resolve));
  expect(wasCancelled()).toBe(true);
  expect(deadline.signal.aborted).toBe(false);
  deadline.end();
});

test('the time that the client takes is not the origin’s', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const deadline = startDeadline(20);
  let send = (_: string) => {};
  let end = () => {};
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      send = text => controller.enqueue(bytes(text));
      end = () => controller.close();
    },
  });
  const body = new Response(forwardUpload(stream, { declaredBytes: undefined, deadline, createPipe })).text();
  send('one ');
  await new Promise(resolve => setImmediate(resolve));
  vi.advanceTimersByTime(60);
  expect(deadline.signal.aborted).toBe(false);
  send('two');
  end();
  expect(await body).toBe('one two');
  vi.advanceTimersByTime(20);
  expect(deadline.signal.aborted).toBe(true);
  vi.useRealTimers();
});
