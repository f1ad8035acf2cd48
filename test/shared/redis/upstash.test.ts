import { describe, expect, it, vi } from 'vitest';
import { type RedisCommand, RedisUnavailable } from '../../../shared/redis/redis.ts';
import { createUpstashRedis, type Fetch } from '../../../shared/redis/upstash.ts';

const ENDPOINT = { url: 'https://one.example/', token: 'secret-token' };
const BYTES = Uint8Array.of(0, 255);

/** A fetch that answers from a list; an Error in it is a connection that failed. */
function fakeFetch(...answers: (string | Response | Error)[]) {
  return vi.fn<Fetch>(async () => {
    const answer = answers.shift() ?? new Error('nothing left to answer');
    if (answer instanceof Error) throw answer;
    return typeof answer === 'string' ? new Response(answer) : answer;
  });
}

const run = (fetch: Fetch, ...commands: RedisCommand[]) =>
  createUpstashRedis({ ...ENDPOINT, fetch }).pipeline(commands);

describe('createUpstashRedis', () => {
  it('shows its token, asks for raw replies and follows no redirect', async () => {
    const fetch = fakeFetch(':1\r\n:2\r\n');
    expect(await run(fetch, ['INCR', 'a'], ['INCR', 'a'])).toEqual([1, 2]);
    const [url, init] = fetch.mock.calls[0] ?? [];
    expect(url).toBe('https://one.example/pipeline');
    expect(init).toMatchObject({
      method: 'POST',
      redirect: 'manual',
      headers: { authorization: 'Bearer secret-token', 'upstash-response-format': 'resp2' },
    });
  });

  it('sends one request after the other, never side by side', async () => {
    const order: string[] = [];
    const fetch: Fetch = async url => {
      order.push(`begin ${url}`);
      await Promise.resolve();
      order.push(`end ${url}`);
      return new Response('+OK\r\n');
    };
    await run(fetch, ['SET', 'a', BYTES], ['SET', 'b', BYTES]);
    expect(order).toEqual(
      ['a', 'b'].flatMap(key => [
        `begin https://one.example/SET/${key}`,
        `end https://one.example/SET/${key}`,
      ]),
    );
  });

  it('sends back the token that lets it read its writes, the newest that it was given', async () => {
    const withToken = (token?: string) =>
      new Response('+OK\r\n', token ? { headers: { 'upstash-sync-token': token } } : {});
    const fetch = fakeFetch(withToken('one'), withToken('two'), withToken(), withToken());
    const redis = createUpstashRedis({ ...ENDPOINT, fetch });
    for (let call = 0; call < 4; call += 1) await redis.pipeline([['PING']]);
    const sent = fetch.mock.calls.map(([, init]) => new Headers(init.headers).get('upstash-sync-token'));
    expect(sent).toEqual([null, 'one', 'two', 'two']);
  });

  it('tries a read again on a new connection, once', async () => {
    expect(await run(fakeFetch(new TypeError('reset'), '$-1\r\n'), ['GET', 'a'])).toEqual([null]);
    const twice = fakeFetch(new TypeError('reset'), new TypeError('reset'));
    await expect(run(twice, ['GET', 'a'])).rejects.toThrow(RedisUnavailable);
    expect(twice).toHaveBeenCalledTimes(2);
  });

  it.each([
    ['a write', new TypeError('reset'), ['INCR', 'a']],
    ['bytes', new TypeError('reset'), ['SET', 'a', BYTES]],
    ['an answer that is none', new Response('no'), ['GET', 'a']],
    ['HTTP 500', new Response('', { status: 500 }), ['GET', 'a']],
  ] as const)('does not try again: %s', async (_, answer, command) => {
    const fetch = fakeFetch(answer);
    await expect(run(fetch, command)).rejects.toThrow(RedisUnavailable);
    expect(fetch).toHaveBeenCalledOnce();
  });

  it('does not try again, and sends nothing more, once its time is over', async () => {
    const fetch = vi.fn<Fetch>(
      (_, { signal }) =>
        new Promise((_resolve, reject) => {
          signal?.addEventListener('abort', () => reject(new TypeError('aborted')));
        }),
    );
    const redis = createUpstashRedis({ ...ENDPOINT, fetch, deadlineMs: 20 });
    await expect(
      redis.pipeline([
        ['GET', 'a'],
        ['SET', 'a', BYTES],
      ]),
    ).rejects.toThrow('within 20 ms');
    expect(fetch).toHaveBeenCalledOnce();
  });

  it('keeps what failed as the cause', async () => {
    const cause = new TypeError('connect ECONNREFUSED');
    await expect(run(fakeFetch(cause), ['INCR', 'a'])).rejects.toMatchObject({ cause });
  });

  it.each([
    [{ url: 'redis://one.example' }, TypeError],
    [{ url: 'one.example' }, TypeError],
    [{ token: '' }, TypeError],
    [{ deadlineMs: 0 }, RangeError],
    [{ deadlineMs: Number.NaN }, RangeError],
  ])('refuses the options %j', (options, error) => {
    expect(() => createUpstashRedis({ ...ENDPOINT, fetch: fakeFetch(), ...options })).toThrow(error);
  });
});
