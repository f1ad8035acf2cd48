/**
 * What the rest of Headrace relies on from the Redis port: answers in order and to the byte, and an end to every call.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  type Redis,
  type RedisCommand,
  RedisError,
  type RedisReply,
  RedisUnavailable,
} from '../../shared/redis/redis.ts';
import { createScript } from '../../shared/redis/script.ts';
import { eventually } from '../eventually.ts';
import { type RedisTier, startRedisTier } from './redis-tier.ts';

export interface Endpoint {
  readonly url: string;
  readonly token: string;
}

export type MakeRedis = (endpoint: Endpoint, options: { deadlineMs: number }) => Redis;

const ALL_BYTES = Uint8Array.from({ length: 256 }, (_, byte) => byte);
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
/** Replies as plain data: bytes of ASCII as text, errors as their message behind a minus. */
const plain = (reply: RedisReply): unknown => {
  if (reply instanceof Uint8Array) return new TextDecoder().decode(reply);
  if (reply instanceof RedisError) return `-${reply.message}`;
  return Array.isArray(reply) ? reply.map(plain) : reply;
};

export function redisContract(name: string, makeRedis: MakeRedis): void {
  describe(name, () => {
    describeAnswers(makeRedis);
    describeScripts(makeRedis);
    describeFailures(makeRedis);
  });
}

/** A tier for the block, and a way to send commands and see plain replies. */
function useTier(makeRedis: MakeRedis) {
  const use = {} as { tier: RedisTier; redis: Redis };
  beforeAll(async () => {
    use.tier = await startRedisTier();
    use.redis = makeRedis(use.tier, { deadlineMs: 5_000 });
  });
  afterAll(() => use.tier.stop());
  return {
    use,
    send: (...commands: RedisCommand[]) => use.redis.pipeline(commands),
    async sendPlain(...commands: RedisCommand[]) {
      return (await use.redis.pipeline(commands)).map(plain);
    },
  };
}

function describeAnswers(makeRedis: MakeRedis): void {
  describe('answers', () => {
    const { use, send, sendPlain } = useTier(makeRedis);

    it('with one reply a command, in order, each of its own kind', async () => {
      const [a, b] = [randomUUID(), randomUUID()];
      expect(
        await send(['SET', a, 'x'], ['STRLEN', a], ['GET', b], ['GET', a], ['MGET', a, b], ['PING']),
      ).toEqual(['OK', 1, null, bytes('x'), [bytes('x'), null], 'PONG']);
    });

    it('nothing to nothing, without a trip', async () => {
      const before = await use.tier.counts();
      expect(await send()).toEqual([]);
      expect((await use.tier.counts()).requests).toBe(before.requests);
    });

    it('a refused command in its place, and the others as if nothing had been', async () => {
      const key = randomUUID();
      expect(
        await sendPlain(
          ['SET', key, 'text'],
          ['INCR', key],
          ['NOSUCH', 'a'],
          ['LPUSH', key, 1],
          ['GET', key],
        ),
      ).toEqual([
        'OK',
        '-ERR value is not an integer or out of range',
        "-ERR unknown command 'NOSUCH', with args beginning with: 'a' ",
        '-WRONGTYPE Operation against a key holding the wrong kind of value',
        'text',
      ]);
    });

    it('a single command that is refused with its error', async () => {
      expect(await sendPlain(['GET'])).toEqual(["-ERR wrong number of arguments for 'get' command"]);
      expect(await sendPlain(['APPEND', randomUUID(), 'x', ALL_BYTES])).toEqual([
        "-ERR wrong number of arguments for 'append' command",
      ]);
    });

    it('a single command whose reply is a list of one with that list', async () => {
      expect(await send(['MGET', randomUUID()])).toEqual([[null]]);
      expect(await send(['HGETALL', randomUUID()])).toEqual([[]]);
    });

    it('with the bytes that were stored, whatever they are', async () => {
      const [key, hash] = [randomUUID(), randomUUID()];
      const set = await send(
        ['SET', key, ALL_BYTES],
        ['HSET', hash, 'field', ALL_BYTES],
        ['RPUSH', hash + key, ALL_BYTES],
      );
      expect(set).toEqual(['OK', 1, 1]);
      const got = await send(['GET', key], ['MGET', key], ['HGETALL', hash], ['LRANGE', hash + key, 0, -1]);
      expect(got).toEqual([ALL_BYTES, [ALL_BYTES], [bytes('field'), ALL_BYTES], [ALL_BYTES]]);
    });

    it('with line ends, empty bytes and every script as they were', async () => {
      const keys = [randomUUID(), randomUUID(), randomUUID(), randomUUID()] as const;
      const text = 'Grüße, 東京, שלום, 🚰';
      await send(
        ['SET', keys[0], bytes('\r\n$-1\r\n')],
        ['SET', keys[1], new Uint8Array(0)],
        ['SET', keys[2], text],
        ['SET', keys[3], ''],
      );
      expect(await sendPlain(['MGET', ...keys])).toEqual([['\r\n$-1\r\n', '', text, '']]);
    });

    it('for keys and arguments that mean something in a URL', async () => {
      const key = `/a b?c=d&e#f%2F:${randomUUID()}/..`;
      expect(
        await sendPlain(
          ['SET', key, bytes('1'), 'PX', 60_000, 'NX'],
          ['SET', key, bytes('2'), 'nx'],
          ['GET', key],
        ),
      ).toEqual(['OK', null, '1']);
    });

    it('the same for half a character in text and before bytes', async () => {
      const key = randomUUID();
      expect(
        await sendPlain(
          ['SET', `${key}\ud800`, bytes('x')],
          ['GET', `${key}\ud800`],
          ['GET', `${key}\ufffd`],
        ),
      ).toEqual(['OK', 'x', 'x']);
    });

    it('in order where bytes and text alternate on one key', async () => {
      const key = randomUUID();
      expect(
        await sendPlain(
          ['SET', key, 'a'],
          ['APPEND', key, bytes('b')],
          ['APPEND', key, 'c'],
          ['GET', key],
          ['SET', key, bytes('d'), 'GET'],
          ['GET', key],
        ),
      ).toEqual(['OK', 2, 3, 'abc', 'abc', 'd']);
    });

    it('in one trip without bytes, in one more for each command with bytes', async () => {
      const key = randomUUID();
      const before = await use.tier.counts();
      await send(['SET', key, 1], ['INCR', key], ['GET', key]);
      await send(['SET', key, ALL_BYTES], ['GET', key]);
      const after = await use.tier.counts();
      expect(after.requests - before.requests).toBe(3);
      expect(after.commands - before.commands).toBe(5);
    });

    it('with megabytes, both ways', async () => {
      const [key, big] = [randomUUID(), new Uint8Array(randomBytes(4 * 1024 * 1024))];
      const [set, got] = await send(['SET', key, big], ['GET', key]);
      expect(set).toBe('OK');
      expect(Buffer.compare(got as Uint8Array, big)).toBe(0);
    });

    it('with a key until its time is over', async () => {
      const key = randomUUID();
      const [, ttl] = await send(['SET', key, bytes('x'), 'PX', 50], ['PTTL', key]);
      expect(ttl).toBeLessThanOrEqual(50);
      await eventually(async () => expect(await send(['GET', key], ['PTTL', key])).toEqual([null, -2]));
    });

    it('refuses what REST cannot carry, before anything is sent', async () => {
      const before = await use.tier.counts();
      const fine: RedisCommand = ['SET', randomUUID(), 'x'];
      const impossible: RedisCommand[] = [
        ['MSET', 'a', ALL_BYTES, 'b', ALL_BYTES],
        ['SET', 'a', ALL_BYTES, 'PX', ALL_BYTES],
        ['SET', 'a', ALL_BYTES, 'KEEP'],
        ['SET', '..', ALL_BYTES],
        ['SET', '', ALL_BYTES],
      ];
      for (const command of impossible) await expect(send(fine, command)).rejects.toThrow(TypeError);
      expect((await use.tier.counts()).requests).toBe(before.requests);
    });
  });
}

function describeScripts(makeRedis: MakeRedis): void {
  describe('scripts', () => {
    const { use, send } = useTier(makeRedis);
    const run = async (source: string, keys: string[] = [], args: (string | Uint8Array)[] = []) =>
      plain(await createScript(source).run(use.redis, keys, args));

    it('run though Redis does not know them, and again when it has forgotten them', async () => {
      const script = createScript(`return {KEYS[1], ARGV[1], '${randomUUID()}'}`);
      const first = await script.run(use.redis, ['k'], [ALL_BYTES]);
      expect((first as RedisReply[]).slice(0, 2)).toEqual([bytes('k'), ALL_BYTES]);
      await send(['SCRIPT', 'FLUSH']);
      expect(await script.run(use.redis, ['k'], [ALL_BYTES])).toEqual(first);
    });

    it('cost one trip once they are known, and are billed with what they run', async () => {
      const script = createScript("redis.call('SET', KEYS[1], 1) return redis.call('INCR', KEYS[1])");
      await script.run(use.redis, ['counted'], []);
      const before = await use.tier.counts();
      expect(await script.run(use.redis, ['counted'], [])).toBe(2);
      const after = await use.tier.counts();
      expect([after.requests - before.requests, after.billed - before.billed]).toEqual([1, 3]);
    });

    it('stand in a pipeline like any command', async () => {
      const script = createScript("return redis.call('GET', KEYS[1])");
      await script.run(use.redis, ['none'], []);
      const key = randomUUID();
      const replies = await send(['SET', key, 'x'], await script.command([key], []));
      expect(replies).toEqual(['OK', bytes('x')]);
    });

    it('may ask for the locking of their keys only', async () => {
      const source = `#!lua flags=allow-key-locking\nreturn redis.call('SET', KEYS[1], ARGV[1]) -- ${randomUUID()}`;
      expect(await run(source, [randomUUID()], ['x'])).toBe('OK');
      expect(await run(source, [randomUUID()], [ALL_BYTES])).toBe('OK');
    });

    it('that only read are held to it', async () => {
      const reading = createScript("return redis.call('GET', KEYS[1])", { readOnly: true });
      const writing = createScript("return redis.call('SET', KEYS[1], 'x')", { readOnly: true });
      expect(await reading.run(use.redis, [randomUUID()], [])).toBeNull();
      expect(plain(await writing.run(use.redis, [randomUUID()], []))).toMatch(
        /^-ERR Write commands are not allowed/,
      );
    });

    it('answer by the conversion rules', async () => {
      expect(await run("return {1, 2.9, -2.9, 'x', false, true, {'y', {ok = 'FINE'}}, nil, 5}")).toEqual([
        1,
        2,
        -2,
        'x',
        null,
        1,
        ['y', 'FINE'],
      ]);
      expect(await run("return redis.status_reply('FINE')")).toBe('FINE');
      expect(await run("return redis.error_reply('MINE it is')")).toBe('-MINE it is');
      expect(await run("return redis.error_reply('word')")).toBe('-ERR word');
      expect(await run('return {}')).toEqual([]);
      expect(await run('return nil')).toBeNull();
    });

    it.each([
      [
        "return redis.call('INCR', KEYS[1])",
        /^-ERR value is not an integer or out of range script: [0-9a-f]{40}, on @user_script:1\.$/,
      ],
      ["\nerror('mine')", /^-ERR user_script:2: mine script: [0-9a-f]{40}, on @user_script:2\.$/],
      [
        'return nothing',
        /^-ERR user_script:1: Script attempted to access nonexistent global variable 'nothing' script: /,
      ],
      ['mine = 1', /^-ERR user_script:1: Attempt to modify a readonly table script: /],
      ["return redis.call('NOSUCH')", /^-ERR Unknown Redis command called from script script: /],
      ["return redis.call('GET')", /^-ERR Wrong number of args calling Redis command from script script: /],
      ['return redis.call({})', /^-ERR Lua redis lib command arguments must be strings or integers script: /],
      [
        'return (',
        /^-ERR Error compiling script \(new function\): user_script:1: unexpected symbol near '<eof>'$/,
      ],
      [
        "return redis.call('EVAL', 'return 1', 0)",
        /^-ERR This Redis command is not allowed from script script: /,
      ],
    ])('that fail say why: %s', async (source, words) => {
      const key = randomUUID();
      await send(['SET', key, 'text']);
      expect(await run(source, [key])).toMatch(words);
    });

    it('catch the failures of their commands', async () => {
      expect(await run("local r = redis.pcall('NOSUCH') return r.err")).toBe(
        'ERR Unknown Redis command called from script',
      );
      expect(await run("local ok, e = pcall(redis.call, 'NOSUCH') return {tostring(ok), e}")).toEqual([
        'false',
        'ERR Unknown Redis command called from script',
      ]);
    });

    it('keep what they did before they failed', async () => {
      const key = randomUUID();
      expect(await run("redis.call('SET', KEYS[1], 'kept') error('too late')", [key])).toMatch(/too late/);
      expect(await send(['GET', key])).toEqual([bytes('kept')]);
    });

    it('read and write JSON', async () => {
      const json = '{"a":[1,2.5,true,null,"\\u00e9\\ud83d\\ude00\\n"],"b":{"c":{}}}';
      expect(
        await run(
          "local v = cjson.decode(ARGV[1]) return {v.a[1], v.a[5], tostring(v.a[4] == cjson.null), #v.a, v.b.c and 'c'}",
          [],
          [json],
        ),
      ).toEqual([1, 'é😀\n', 'true', 5, 'c']);
      expect(await run("return cjson.encode({1, 'a/b\"\\n', {}, {x = 1.5}, cjson.null, false})")).toBe(
        '[1,"a\\/b\\"\\n",{},{"x":1.5},null,false]',
      );
      expect(await run("return cjson.decode('[1,')")).toMatch(
        /Expected value but found T_END at character 4/,
      );
      expect(await run('return cjson.encode({[1] = 1, [20] = 2})')).toMatch(/excessively sparse array/);
    });

    it('pass numbers with all their digits', async () => {
      const key = randomUUID();
      await run("redis.call('SET', KEYS[1], 0.1)", [key]);
      await run("redis.call('SET', KEYS[2], 2^53)", [key, `${key}2`]);
      expect((await send(['MGET', key, `${key}2`])).map(plain)).toEqual([
        ['0.10000000000000001', '9007199254740992'],
      ]);
    });

    it('hand through a megabyte as it is', async () => {
      const [key, big] = [randomUUID(), new Uint8Array(randomBytes(1024 * 1024))];
      await send(['SET', key, big]);
      const script = createScript(
        "local v = redis.call('GET', KEYS[1]) redis.call('SET', KEYS[2], v) return v",
      );
      const got = await script.run(use.redis, [key, `${key}:copy`], []);
      expect(Buffer.compare(got as Uint8Array, big)).toBe(0);
      const [copy] = await send(['GET', `${key}:copy`]);
      expect(Buffer.compare(copy as Uint8Array, big)).toBe(0);
    });

    it('know the hash of a text', async () => {
      expect(await run("return redis.sha1hex('abc')")).toBe('a9993e364706816aba3e25717850c26c9cd0d89d');
    });
  });
}

function describeFailures(makeRedis: MakeRedis): void {
  describe('has an end when', () => {
    const token = 'a-token-that-no-message-may-show';
    const closing: (() => Promise<void>)[] = [];
    afterEach(async () => {
      for (const close of closing.splice(0)) await close();
    });

    async function redisBehind(listener: RequestListener, deadlineMs = 5_000) {
      let requests = 0;
      const server = createServer((request, response) => {
        requests += 1;
        listener(request, response);
      });
      await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
      const close = () =>
        new Promise<void>(resolve => {
          server.close(() => resolve());
          server.closeAllConnections();
        });
      closing.push(close);
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      return { redis: makeRedis({ url, token }, { deadlineMs }), url, close, requests: () => requests };
    }

    const failureOf = async (redis: Redis, ...commands: RedisCommand[]) => {
      const failure: unknown = await redis.pipeline(commands).catch(error => error);
      expect(failure).toBeInstanceOf(RedisUnavailable);
      expect(String((failure as Error).stack) + String((failure as Error).cause)).not.toContain(token);
      return (failure as Error).message;
    };

    it('nobody answers: at the deadline, and all its requests share it', async () => {
      const { redis, requests } = await redisBehind(() => {}, 120);
      expect(await failureOf(redis, ['SET', 'a', ALL_BYTES], ['GET', 'a'])).toContain('120 ms');
      // The second one would need the answer to the first, which a busy machine may not even have sent by then.
      expect(requests()).toBeLessThanOrEqual(1);
    });

    it('an answer begins and does not end', async () => {
      const { redis } = await redisBehind((_, response) => response.writeHead(200).write('$5\r\nab'), 120);
      expect(await failureOf(redis, ['GET', 'a'])).toContain('120 ms');
    });

    it('its caller ends it', async () => {
      const caller = new AbortController();
      const { redis } = await redisBehind(() => caller.abort());
      await expect(redis.pipeline([['GET', 'a']], { signal: caller.signal })).rejects.toThrow(
        RedisUnavailable,
      );
      await expect(redis.pipeline([['GET', 'a']], { signal: caller.signal })).rejects.toThrow(
        RedisUnavailable,
      );
    });

    it('the connection is refused', async () => {
      const { redis, close } = await redisBehind(() => {});
      await close();
      await failureOf(redis, ['GET', 'a']);
    });

    it('the connection is cut in the middle of an answer', async () => {
      const { redis } = await redisBehind((_, response) => {
        response.writeHead(200, { 'content-length': '11' }).write('$5\r\nab', () => response.destroy());
      });
      await failureOf(redis, ['GET', 'a']);
    });

    it('the connection is cut before the answer: a read is sent once more, a write never', async () => {
      const cut = await redisBehind((_, response) => response.destroy());
      await failureOf(cut.redis, ['GET', 'a'], ['MGET', 'a', 'b']);
      expect(cut.requests()).toBe(2);
      await failureOf(cut.redis, ['GET', 'a'], ['INCR', 'a']);
      expect(cut.requests()).toBe(3);
    });

    it('a read finds a new connection where the old one was cut', async () => {
      let cut = true;
      const { redis } = await redisBehind((_, response) => {
        if (cut) response.destroy();
        else response.end('$1\r\nx\r\n');
        cut = false;
      });
      expect(await redis.pipeline([['GET', 'a']])).toEqual([bytes('x')]);
    });

    it.each([
      [401, '{"error":"WRONGPASS invalid or missing auth token"}'],
      [400, '<html>no</html>'],
      [429, 'too many'],
      [500, '-ERR whatever\r\n'],
      [503, ''],
      [302, ''],
    ])('it is told HTTP %i', async (status, body) => {
      const { redis, requests } = await redisBehind((_, response) =>
        response.writeHead(status, { location: '/' }).end(body),
      );
      expect(await failureOf(redis, ['GET', 'a'])).toContain(String(status));
      expect(await failureOf(redis, ['GET', 'a'], ['GET', 'b'])).toContain(String(status));
      expect(requests()).toBe(2);
    });

    it.each([
      '<!doctype html>',
      '',
      '+OK',
      '$5\r\nab\r\n',
      '*9999999999\r\n',
      ':1x\r\n',
      '+a\r\n+b\r\n',
      '*-2\r\n',
      '{"result":"x"}',
    ])('it is told %j', async body => {
      const { redis } = await redisBehind((_, response) => response.end(body));
      await failureOf(redis, ['GET', 'a']);
    });

    it('the token is wrong', async () => {
      const tier = await startRedisTier();
      closing.push(tier.stop);
      const redis = makeRedis({ url: tier.url, token }, { deadlineMs: 5_000 });
      expect(await failureOf(redis, ['GET', 'a'])).toContain('401');
      expect(await failureOf(redis, ['SET', 'a', ALL_BYTES])).toContain('401');
    });
  });
}
