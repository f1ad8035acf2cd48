/**
 * The REST protocol as Upstash's own client speaks it: what works with this client here works with Upstash.
 */
import { randomUUID } from 'node:crypto';
import { Redis } from '@upstash/redis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RedisTier } from './redis-tier.ts';

/** The official client as it comes from the shop. */
export const stockClient: MakeClient = ({ url, token }) =>
  new Redis({ url, token, retry: false, enableTelemetry: false, enableAutoPipelining: false });

export type MakeClient = (tier: RedisTier) => Redis;

export function redisRestContract(
  name: string,
  startTier: () => Promise<RedisTier>,
  makeClient: MakeClient = stockClient,
): void {
  describe(name, () => {
    let tier: RedisTier;
    let redis: Redis;
    beforeAll(async () => {
      tier = await startTier();
      redis = makeClient(tier);
    });
    afterAll(() => tier.stop());

    const post = (path: string, body: string, headers: Record<string, string> = {}) =>
      fetch(tier.url + path, {
        method: 'POST',
        body,
        headers: { authorization: `Bearer ${tier.token}`, ...headers },
      });
    const get = (path: string, headers: Record<string, string> = {}) =>
      fetch(tier.url + path, { headers: { authorization: `Bearer ${tier.token}`, ...headers } });

    it('a lock is taken once', async () => {
      const key = randomUUID();
      expect(await redis.set(key, 'first', { nx: true, px: 60_000 })).toBe('OK');
      expect(await redis.set(key, 'second', { nx: true, px: 60_000 })).toBeNull();
      expect(await redis.set(key, 'third', { xx: true, keepTtl: true, get: true })).toBe('first');
      expect(await redis.get(key)).toBe('third');
      expect(await redis.pttl(key)).toBeGreaterThan(0);
    });

    it('values come back as they were', async () => {
      const key = randomUUID();
      for (const value of ['OK', '', 'Grüße 🚰', { a: [1, 'b', null] }, 42]) {
        await redis.set(key, value);
        expect(await redis.get(key)).toEqual(value);
      }
      await redis.mset({ [`${key}:a`]: 'OK', [`${key}:b`]: 'b' });
      expect(await redis.mget(`${key}:a`, `${key}:b`, `${key}:c`)).toEqual(['OK', 'b', null]);
    });

    it('counters count, in whole numbers and parts', async () => {
      const key = randomUUID();
      expect(await redis.incr(key)).toBe(1);
      expect(await redis.incrby(key, 9)).toBe(10);
      expect(await redis.decr(key)).toBe(9);
      expect(await redis.incrbyfloat(key, 0.1)).toBe(9.1);
      expect(await redis.incrbyfloat(key, 0.2)).toBe(9.3);
    });

    it('a pipeline answers each command, errors included', async () => {
      const key = randomUUID();
      const replies = await redis.pipeline().set(key, 'x').incr(key).get(key).exec({ keepErrors: true });
      expect(replies).toEqual(
        [{ result: 'OK' }, { error: 'ERR value is not an integer or out of range' }, { result: 'x' }].map(
          reply => expect.objectContaining(reply),
        ),
      );
    });

    it('a transaction runs as a whole, and a command that fails in it stops no other', async () => {
      const key = randomUUID();
      expect(await redis.multi().set(key, 1).incr(key).get(key).exec()).toEqual(['OK', 2, 2]);
      const failing = await post(
        '/multi-exec',
        JSON.stringify([
          ['SET', key, 'x'],
          ['INCR', key],
          ['GET', key],
        ]),
      );
      expect(await failing.json()).toEqual([
        { result: 'OK' },
        { error: 'ERR value is not an integer or out of range' },
        { result: 'x' },
      ]);
    });

    it('a transaction with an unknown command is discarded', async () => {
      const key = randomUUID();
      const response = await post('/multi-exec', JSON.stringify([['SET', key, 'x'], ['NOSUCH']]));
      expect(response.status).toBe(400);
      expect(await response.json()).toEqual({
        error: 'EXECABORT Transaction discarded because of previous errors.',
      });
      expect(await redis.get(key)).toBeNull();
    });

    it('scripts run by source and by hash', async () => {
      const key = randomUUID();
      expect(
        await redis.eval("return {KEYS[1], ARGV[1], redis.call('INCR', KEYS[1])}", [key], ['a']),
      ).toEqual([key, 'a', 1]);
      const hash = await redis.scriptLoad("return redis.call('GET', KEYS[1])");
      expect(await redis.evalsha(hash, [key], [])).toBe(1);
      expect(await redis.scriptExists(hash, '0'.repeat(40))).toEqual([1, 0]);
      await expect(redis.evalsha('0'.repeat(40), [], [])).rejects.toThrow('NOSCRIPT');
    });

    it('scripts that ask for key locking are known by the hash their author computes', async () => {
      const source = `#!lua flags=allow-key-locking\nreturn redis.call('SET', KEYS[1], ARGV[1]) -- ${randomUUID()}`;
      const script = redis.createScript<string>(source);
      expect(await script.exec([randomUUID()], ['x'])).toBe('OK');
      expect(await redis.scriptLoad(source)).toMatch(/^[0-9a-f]{40}$/);
      expect(await redis.scriptExists(await redis.scriptLoad(source))).toEqual([1]);
      expect(await script.evalsha([randomUUID()], ['x'])).toBe('OK');
    });

    it('hashes, sets, lists and sorted sets', async () => {
      const key = randomUUID();
      expect(await redis.hset(`${key}:h`, { a: 'x', b: 2 })).toBe(2);
      expect(await redis.hgetall(`${key}:h`)).toEqual({ a: 'x', b: 2 });
      expect(await redis.hincrby(`${key}:h`, 'b', 3)).toBe(5);
      expect(await redis.sadd(`${key}:s`, 'a', 'b', 'a')).toBe(2);
      expect((await redis.smembers(`${key}:s`)).sort()).toEqual(['a', 'b']);
      expect(await redis.rpush(`${key}:l`, 'a', 'b', 'c')).toBe(3);
      expect(await redis.lmove(`${key}:l`, `${key}:l2`, 'left', 'right')).toBe('a');
      expect(await redis.lrange(`${key}:l`, 0, -1)).toEqual(['b', 'c']);
      expect(await redis.zadd(`${key}:z`, { score: 2, member: 'b' }, { score: 1.5, member: 'a' })).toBe(2);
      expect(await redis.zadd(`${key}:z`, { gt: true, ch: true }, { score: 1, member: 'b' })).toBe(0);
      expect(await redis.zrange(`${key}:z`, 0, -1, { withScores: true })).toEqual(['a', 1.5, 'b', 2]);
      expect(await redis.zrange(`${key}:z`, '(1.5', '+inf', { byScore: true })).toEqual(['b']);
      expect(await redis.zpopmin(`${key}:z`, 1)).toEqual(['a', 1.5]);
    });

    it('a scan meets every key that stays, whatever comes and goes', async () => {
      const prefix = randomUUID();
      const keys = Array.from({ length: 57 }, (_, i) => `${prefix}:${i}`);
      await redis.mset(Object.fromEntries(keys.map(key => [key, 'x'])));
      const seen = new Set<string>();
      let cursor = '0';
      do {
        const [next, found] = await redis.scan(cursor, { match: `${prefix}:*`, count: 7 });
        for (const key of found) seen.add(key);
        cursor = next;
        await redis.set(`${prefix}-new:${cursor}`, 'x');
        await redis.del(`${prefix}-new:${cursor}`);
      } while (cursor !== '0');
      expect([...seen].sort()).toEqual(keys.sort());
    });

    it('expiry is set, read and taken away', async () => {
      const key = randomUUID();
      await redis.set(key, 'x', { ex: 100 });
      expect(await redis.expire(key, 50, 'GT')).toBe(0);
      expect(await redis.expire(key, 200, 'GT')).toBe(1);
      expect(await redis.ttl(key)).toBe(200);
      expect(await redis.persist(key)).toBe(1);
      expect(await redis.ttl(key)).toBe(-1);
      expect(await redis.pexpireat(key, 1)).toBe(1);
      expect(await redis.exists(key)).toBe(0);
    });

    it('says that nothing is evicted', async () => {
      expect(await redis.exec(['CONFIG', 'GET', 'maxmemory-policy'])).toEqual([
        'maxmemory-policy',
        'noeviction',
      ]);
      expect(await redis.exec(['INFO', 'memory'])).toContain('maxmemory_policy:noeviction');
    });

    it('a command may stand in the path, its options in the query, its last argument in the body', async () => {
      const key = randomUUID();
      const body = (response: Response) => response.json();
      expect(await body(await get(`/set/${key}/a%20b?EX=100&NX`))).toEqual({ result: 'OK' });
      expect(await body(await get(`/set/${key}/c?NX`))).toEqual({ result: null });
      expect(await body(await get(`/get/${key}`))).toEqual({ result: 'a b' });
      expect(await body(await post(`/set/${key}?PX=50000`, 'raw "body"'))).toEqual({ result: 'OK' });
      expect(await body(await get(`/get/${key}`))).toEqual({ result: 'raw "body"' });
      expect(await redis.pttl(key)).toBeGreaterThan(40_000);
    });

    it('raw replies come as RESP2, alone and one after the other', async () => {
      const raw = { 'upstash-response-format': 'resp2' };
      const text = async (response: Response) => [response.status, await response.text()];
      expect(await text(await post('/', '["ECHO","a\\r\\nb"]', raw))).toEqual([200, '$4\r\na\r\nb\r\n']);
      expect(
        await text(await post('/pipeline', '[["PING"],["NOSUCH"],["GET","none"],["MGET","none"]]', raw)),
      ).toEqual([
        200,
        "+PONG\r\n-ERR unknown command 'NOSUCH', with args beginning with: \r\n$-1\r\n*1\r\n$-1\r\n",
      ]);
      expect(await text(await post('/', '["NOSUCH"]', raw))).toEqual([
        400,
        "-ERR unknown command 'NOSUCH', with args beginning with: \r\n",
      ]);
    });

    it('every string but OK is base64 when asked', async () => {
      const coded = { 'upstash-encoding': 'base64' };
      const replies = await post(
        '/pipeline',
        '[["SET","b64","OK"],["GET","b64"],["PING"],["MGET","b64","none"],["STRLEN","b64"]]',
        coded,
      );
      expect(await replies.json()).toEqual([
        { result: 'OK' },
        { result: 'T0s=' },
        { result: 'UE9ORw==' },
        { result: ['T0s=', null] },
        { result: 2 },
      ]);
    });

    it("every answer carries a token for reading one's writes", async () => {
      const [first, second] = [await get('/ping'), await get('/ping')];
      expect(first.headers.get('upstash-sync-token')).toBeTruthy();
      expect(second.headers.get('upstash-sync-token')).not.toBe(first.headers.get('upstash-sync-token'));
    });

    it('what is no command is refused', async () => {
      const refusals = [
        await post('/', 'not json'),
        await post('/', '{"a":1}'),
        await post('/', '[]'),
        await post('/', '["SET","a",null]'),
        await post('/pipeline', '["GET","a"]'),
        await post('/pipeline', '[]'),
        await post('/multi-exec', 'nope'),
        await post('/', '["PING"]', { 'upstash-response-format': 'resp3' }),
        await post('/', '["PING"]', { 'upstash-response-format': 'resp2', 'upstash-encoding': 'base64' }),
        await post('/', '["GET"]'),
      ];
      for (const refusal of refusals) {
        expect(refusal.status).toBe(400);
        expect(await refusal.json()).toEqual({ error: expect.stringMatching(/^ERR /) });
      }
      const method = await fetch(tier.url, {
        method: 'DELETE',
        headers: { authorization: `Bearer ${tier.token}` },
      });
      expect(method.status).toBe(405);
    });

    it.each([undefined, 'Bearer wrong', 'Basic abc'])('nobody gets in with %s', async authorization => {
      const response = await fetch(`${tier.url}/ping`, { headers: authorization ? { authorization } : {} });
      expect(response.status).toBe(401);
      expect(await response.json()).toEqual({ error: expect.stringMatching(/^WRONGPASS/) });
    });
  });
}
