import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startCron } from '../../../../infra/local/functions/cron.ts';
import { nextDueAt } from '../../../../infra/local/functions/cron-time.ts';

const after = '2026-11-20T14:30:20Z';

describe('a cron expression', () => {
  it.each([
    ['0 3 * * ? *', '2026-11-21T03:00:00Z'],
    ['31 14 * * ? *', '2026-11-20T14:31:00Z'],
    ['0/15 * * * ? *', '2026-11-20T14:45:00Z'],
    ['5,10 8-9 ? * MON-FRI *', '2026-11-23T08:05:00Z'],
    ['0 0 ? * 1 *', '2026-11-22T00:00:00Z'],
    ['30 6 1 JAN,JUL ? *', '2027-01-01T06:30:00Z'],
    ['0 0 29 2 ? *', '2028-02-29T00:00:00Z'],
    ['0 12 * * ? 2028-2029', '2028-01-01T12:00:00Z'],
  ])('%s is due at %s', (expression, due) => {
    expect(nextDueAt(expression, Date.parse(after))).toBe(Date.parse(due));
  });

  it('that is never due has no time', () => {
    expect(nextDueAt('0 0 30 2 ? *', Date.parse(after))).toBeUndefined();
    expect(nextDueAt('0 0 * * ? 2020', Date.parse(after))).toBeUndefined();
  });

  it.each(['0 3 * *', '60 3 * * ? *', 'x 3 * * ? *', '5-1 3 * * ? *', '0/0 3 * * ? *', '0 3 L * ? *'])(
    'is not %s',
    expression => expect(() => nextDueAt(expression, 0)).toThrow(RangeError),
  );
});

describe('a cron entry', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: Date.parse(after) });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('calls its function each time it is due, and says for when', async () => {
    const calls: unknown[] = [];
    const invoke = async (payload: string) => {
      calls.push(JSON.parse(payload));
      return { ok: true, payload: '' };
    };
    const spec = { type: 'analysis', payload: { database: 'main' }, cron: '0 3 * * ? *' } as const;
    const cron = startCron({ name: 'nightly', spec, target: { invoke }, clock: Date.now, log: () => {} });
    await vi.advanceTimersByTimeAsync(40 * 3_600_000);
    await cron.stop();
    await vi.advanceTimersByTimeAsync(36 * 3_600_000);
    const called = { cron: 'nightly', type: 'analysis', payload: { database: 'main' } };
    expect(calls).toEqual(['2026-11-21T03:00:00Z', '2026-11-22T03:00:00Z'].map(at => ({ ...called, at })));
  });
});
