import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { waitAtMost } from '../../../../edge/proxy/loading/bounded-wait.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('the value comes through when it is in time, and no timer stays behind', async () => {
  expect(await waitAtMost(Promise.resolve('there'), 1_000)).toBe('there');
  expect(vi.getTimerCount()).toBe(0);
});

test('work that never ends is given up at the limit', async () => {
  const waited = vi.fn();
  waitAtMost(new Promise(() => {}), 1_000).then(waited);
  await vi.advanceTimersByTimeAsync(999);
  expect(waited).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(waited).toHaveBeenCalledWith(undefined);
});

test('a failure comes through', async () => {
  await expect(waitAtMost(Promise.reject(new Error('broken')), 1_000)).rejects.toThrow('broken');
  expect(vi.getTimerCount()).toBe(0);
});
