import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startDeadline } from '../../../../edge/proxy/origin/deadline.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('aborts when its time is over', () => {
  const { signal } = startDeadline(100);
  vi.advanceTimersByTime(99);
  expect(signal.aborted).toBe(false);
  vi.advanceTimersByTime(1);
  expect(signal.aborted).toBe(true);
});

test('begins anew with each progress', () => {
  const deadline = startDeadline(100);
  for (let i = 0; i < 5; i++) {
    vi.advanceTimersByTime(99);
    deadline.extend();
  }
  expect(deadline.signal.aborted).toBe(false);
  vi.advanceTimersByTime(100);
  expect(deadline.signal.aborted).toBe(true);
});

test('after its end neither time nor progress does anything', () => {
  const deadline = startDeadline(100);
  deadline.end();
  deadline.extend();
  vi.advanceTimersByTime(1_000);
  expect(deadline.signal.aborted).toBe(false);
  expect(vi.getTimerCount()).toBe(0);
});

test('stands still while it is paused', () => {
  const deadline = startDeadline(100);
  deadline.pause();
  vi.advanceTimersByTime(1_000);
  expect(deadline.signal.aborted).toBe(false);
  deadline.extend();
  vi.advanceTimersByTime(100);
  expect(deadline.signal.aborted).toBe(true);
});

test('may be broken off at any time', () => {
  const deadline = startDeadline(100);
  deadline.abort();
  expect(deadline.signal.aborted).toBe(true);
});
