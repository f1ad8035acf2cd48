import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startScheduler } from '../../../../infra/local/functions/scheduler.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const MINUTE_MS = 60_000;
const DONE = { ok: true, payload: '{}' };

function schedule(runMs: number) {
  const begunAt: number[] = [];
  const target = {
    async invoke(payload: string) {
      begunAt.push(Math.round(Date.parse(JSON.parse(payload).time) / 1_000));
      await new Promise(resolve => setTimeout(resolve, runMs));
      return DONE;
    },
  };
  vi.setSystemTime(0);
  const more = { name: 'tick', everySeconds: 60, region: 'us-east-1', clock: Date.now, log: () => {} };
  return { ...startScheduler({ ...more, target }), begunAt };
}

describe('a schedule', () => {
  it('runs once a period, the first time after one', async () => {
    const { begunAt, stop } = schedule(1_000);
    await vi.advanceTimersByTimeAsync(3 * MINUTE_MS + 2_000);
    expect(begunAt).toEqual([60, 120, 180]);
    await stop();
  });

  it('lets follow at once what fell due while it ran, and only once', async () => {
    const { begunAt, stop } = schedule(61_000);
    await vi.advanceTimersByTimeAsync(4 * MINUTE_MS + 10_000);
    expect(begunAt).toEqual([60, 121, 182, 243]);
    await stop();
  });

  it('runs no more once it was stopped, whatever had fallen due', async () => {
    const { begunAt, stop } = schedule(150_000);
    await vi.advanceTimersByTimeAsync(2.5 * MINUTE_MS);
    await stop();
    await vi.advanceTimersByTimeAsync(10 * MINUTE_MS);
    expect(begunAt).toEqual([60]);
  });
});
