import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { withDeadline } from '../../../shared/redis/deadline.ts';
import { RedisUnavailable } from '../../../shared/redis/redis.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const never = () => new Promise<never>(() => {});

describe('withDeadline', () => {
  it('gives what the call gives, and leaves no timer', async () => {
    expect(await withDeadline({ deadlineMs: 50 }, async () => 'done')).toBe('done');
    await expect(withDeadline({ deadlineMs: 50 }, () => Promise.reject(new Error('own')))).rejects.toThrow(
      'own',
    );
    expect(vi.getTimerCount()).toBe(0);
  });

  it('ends a call that ignores its signal', async () => {
    const ended = expect(withDeadline({ deadlineMs: 50 }, never)).rejects.toThrow(
      new RedisUnavailable('Redis did not answer within 50 ms'),
    );
    await vi.advanceTimersByTimeAsync(50);
    await ended;
  });

  it('tells the call through its signal', async () => {
    let signal: AbortSignal | undefined;
    const ended = withDeadline({ deadlineMs: 50 }, given => {
      signal = given;
      return never();
    }).catch(() => {});
    await vi.advanceTimersByTimeAsync(49);
    expect(signal?.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await ended;
    expect(signal?.aborted).toBe(true);
  });

  it('ends with its caller, who is named as the cause, and lets go of the signal', async () => {
    const caller = new AbortController();
    const off = vi.spyOn(caller.signal, 'removeEventListener');
    const ended = withDeadline({ deadlineMs: 50, signal: caller.signal }, never).catch(error => error);
    caller.abort('gone');
    expect(await ended).toMatchObject({ name: 'RedisUnavailable', cause: 'gone' });
    expect(off).toHaveBeenCalledOnce();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('ends with a caller who ends it while it begins', async () => {
    const caller = new AbortController();
    const ended = withDeadline({ deadlineMs: 50, signal: caller.signal }, () => {
      caller.abort();
      return never();
    });
    await expect(ended).rejects.toThrow(RedisUnavailable);
  });

  it('does not begin for a caller who is gone', async () => {
    const call = vi.fn(never);
    await expect(withDeadline({ deadlineMs: 50, signal: AbortSignal.abort() }, call)).rejects.toThrow(
      RedisUnavailable,
    );
    expect(call).not.toHaveBeenCalled();
  });
});
