import { Redis } from '@upstash/redis';
import { describe, expect, it, vi } from 'vitest';
import type { Fetch } from '../../../shared/redis/http-send.ts';
import { RedisError, RedisUnavailable } from '../../../shared/redis/redis.ts';
import { createUpstashRequester } from '../../../shared/redis/upstash-requester.ts';
import { createBreaker } from '../../../shared/resilience/breaker.ts';

const ENDPOINT = { url: 'https://one.example', token: 'secret-token' };

/** The official class over a fetch that answers from a list. */
function open(...answers: (string | Uint8Array<ArrayBuffer> | Response | Error)[]) {
  const fetch = vi.fn<Fetch>(async () => {
    const answer = answers.shift() ?? new Error('nothing left to answer');
    if (answer instanceof Error) throw answer;
    return answer instanceof Response ? answer : new Response(answer);
  });
  const requester = createUpstashRequester({ ...ENDPOINT, fetch });
  return { fetch, requester, redis: new Redis(requester) };
}

const bodies = (fetch: ReturnType<typeof open>['fetch']) =>
  fetch.mock.calls.map(([, { body }]) => JSON.parse(String(body)));

describe('the official client over our Requester', () => {
  it('sends what is asked in one tick in one request, in the order it was asked', async () => {
    const { fetch, redis } = open('+OK\r\n$1\r\nx\r\n:1\r\n');
    expect(await Promise.all([redis.set('a', 'x'), redis.get('a'), redis.del('a')])).toEqual(['OK', 'x', 1]);
    expect(bodies(fetch)).toEqual([
      [
        ['set', 'a', 'x'],
        ['get', 'a'],
        ['del', 'a'],
      ],
    ]);
  });

  it('gives bytes that are no text as bytes, and text as the class reads it', async () => {
    const { redis } = open(Uint8Array.of(36, 50, 13, 10, 0, 255, 13, 10), '$7\r\n{"a":1}\r\n');
    expect(await redis.get('a')).toEqual(Uint8Array.of(0, 255));
    expect(await redis.get('a')).toEqual({ a: 1 });
  });

  it('tries a write once', async () => {
    const { fetch, redis } = open(new TypeError('reset'), '+OK\r\n');
    await expect(redis.set('a', 'x')).rejects.toThrow(RedisUnavailable);
    expect(fetch).toHaveBeenCalledOnce();
  });

  it('is over after its deadline, also in a transaction', async () => {
    const fetch: Fetch = () => new Promise(() => {});
    const redis = new Redis(createUpstashRequester({ ...ENDPOINT, fetch, deadlineMs: 20 }));
    await expect(redis.get('a')).rejects.toThrow('within 20 ms');
    await expect(redis.multi().incr('a').exec()).rejects.toThrow('within 20 ms');
  });

  it('ends with the signal of its caller instead of answering null', async () => {
    const caller = new AbortController();
    const fetch: Fetch = async () => {
      caller.abort();
      return new Promise<never>(() => {});
    };
    const call = createUpstashRequester({ ...ENDPOINT, fetch }).request({
      body: ['get', 'a'],
      signal: caller.signal,
    });
    await expect(call).rejects.toThrow(RedisUnavailable);
  });

  it('sends nothing while its breaker is open', async () => {
    const fetch = vi.fn<Fetch>(async () => new Response('', { status: 503 }));
    const breaker = createBreaker({ clock: () => 0, random: () => 0, failures: 2 });
    const redis = new Redis(createUpstashRequester({ ...ENDPOINT, fetch, breaker }));
    for (let call = 0; call < 4; call++) await redis.incr('a').catch(() => {});
    expect(fetch).toHaveBeenCalledTimes(2);
  });

  it('reads a transaction in base64, a discarded one as its reason', async () => {
    const { fetch, redis } = open(
      '[{"result":"OK"},{"result":["eA==",null,2]},{"error":"ERR no"}]',
      new Response('{"error":"EXECABORT discarded"}', { status: 400 }),
      new Response('<html>', { status: 200 }),
    );
    const transaction = () =>
      redis.multi().set('a', 1).lrange('b', 0, 1).incr('c').exec({ keepErrors: true });
    expect(await transaction()).toMatchObject([
      { result: 'OK' },
      { result: ['x', null, 2] },
      { error: 'ERR no' },
    ]);
    await expect(transaction()).rejects.toThrow(RedisError);
    await expect(transaction()).rejects.toThrow(RedisUnavailable);
    expect(fetch.mock.calls[0]?.[1].headers).toMatchObject({ 'upstash-encoding': 'base64' });
  });

  it("hands on the token for reading one's writes", async () => {
    const { fetch, redis } = open(
      new Response(':1\r\n', { headers: { 'upstash-sync-token': 'one' } }),
      ':2\r\n',
    );
    await redis.incr('a');
    expect(redis.readYourWritesSyncToken).toBe('one');
    redis.readYourWritesSyncToken = 'from elsewhere';
    await redis.incr('a');
    expect(fetch.mock.calls[1]?.[1].headers).toMatchObject({ 'upstash-sync-token': 'from elsewhere' });
  });

  it('refuses what it cannot carry, sending nothing', async () => {
    const { fetch, requester } = open();
    await expect(requester.request({ body: ['set', 'a', undefined] })).rejects.toThrow('argument 2 of set');
    await expect(requester.request({ path: ['subscribe', 'a'], isStreaming: true })).rejects.toThrow(
      TypeError,
    );
    expect(fetch).not.toHaveBeenCalled();
  });
});
