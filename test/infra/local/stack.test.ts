import { expect, test, vi } from 'vitest';
import type { Part } from '../../../infra/local/part.ts';
import { createStack, type StackEvents, StoppedError } from '../../../infra/local/stack.ts';
import { eventually } from '../../eventually.ts';

function createEvents() {
  return { started: vi.fn<StackEvents['started']>(), ended: vi.fn<StackEvents['ended']>() };
}

function createPart(log: string[], name: string) {
  const { promise: ended, resolve: end } = Promise.withResolvers<string>();
  const part: Part = { pid: null, ended, stop: async () => void log.push(name) };
  return { part, end };
}

test('stops in reverse order, each part once', async () => {
  const log: string[] = [];
  const stack = createStack(createEvents());
  for (const name of ['redis', 'origin', 'edge']) {
    await stack.start(name, async () => createPart(log, name).part);
  }
  await Promise.all([stack.stop(), stack.stop()]);
  expect(log).toEqual(['edge', 'origin', 'redis']);
});

test('also stops a part that was still starting, once it has', async () => {
  const log: string[] = [];
  const stack = createStack(createEvents());
  const { promise, resolve } = Promise.withResolvers<Part>();
  const starting = stack.start('postgres', () => promise);
  const stopped = stack.stop();
  resolve(createPart(log, 'postgres').part);
  await starting;
  await stopped;
  expect(log).toEqual(['postgres']);
});

test('starts nothing once it stops', async () => {
  const stack = createStack(createEvents());
  await stack.stop();
  const start = vi.fn();
  await expect(stack.start('edge', start)).rejects.toThrow(StoppedError);
  expect(start).not.toHaveBeenCalled();
});

test('tells of a part that ends by itself, and not of one that was stopped', async () => {
  const events = createEvents();
  const stack = createStack(events);
  const redis = createPart([], 'redis');
  const origin = createPart([], 'origin');
  await stack.start('redis', async () => redis.part);
  await stack.start('origin', async () => origin.part);
  redis.end('ended by SIGKILL');
  await redis.part.ended;
  await eventually(() => expect(events.ended).toHaveBeenCalledExactlyOnceWith('redis', 'ended by SIGKILL'));
  const stopping = stack.stop();
  origin.end('ended with code 0');
  await stopping;
  expect(events.ended).toHaveBeenCalledTimes(1);
});

test('passes on why a part did not start, and can still stop the others', async () => {
  const log: string[] = [];
  const stack = createStack(createEvents());
  await stack.start('redis', async () => createPart(log, 'redis').part);
  await expect(stack.start('edge', async () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  await stack.stop();
  expect(log).toEqual(['redis']);
});
