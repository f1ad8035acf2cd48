import { beforeEach, describe, expect, it } from 'vitest';
import { createEngine, type Engine } from '../../../../infra/local/redis/engine.ts';
import { RedisError, type RedisReply } from '../../../../shared/redis/redis.ts';

let now: number;
let engine: Engine;
beforeEach(async () => {
  now = 1_700_000_000_000;
  engine = await createEngine({ clock: () => now, random: () => 0 });
});

const bytes = (word: string | number | Uint8Array) =>
  word instanceof Uint8Array ? word : Buffer.from(String(word));
const plain = (reply: RedisReply): unknown => {
  if (reply instanceof RedisError) return `-${reply.message}`;
  if (reply instanceof Uint8Array) return Buffer.from(reply).toString();
  return Array.isArray(reply) ? reply.map(plain) : reply;
};
const run = (...words: (string | number | Uint8Array)[]) => plain(engine.run(words.map(bytes)));

describe('time', () => {
  it('ends a key on its millisecond', () => {
    run('SET', 'a', 'x', 'PX', 100);
    now += 99;
    expect([run('GET', 'a'), run('PTTL', 'a')]).toEqual(['x', 1]);
    now += 1;
    expect([run('GET', 'a'), run('PTTL', 'a'), run('EXISTS', 'a'), run('DBSIZE'), run('KEYS', '*')]).toEqual([
      null,
      -2,
      0,
      0,
      [],
    ]);
  });

  it('lets an expired collection begin anew', () => {
    run('RPUSH', 'a', 'old');
    run('PEXPIRE', 'a', 10);
    now += 10;
    expect(run('RPUSH', 'a', 'new')).toBe(1);
    expect([run('LRANGE', 'a', 0, -1), run('PTTL', 'a')]).toEqual([['new'], -1]);
  });

  it('stands still for a script and a transaction', async () => {
    let ticking = now;
    const moving = await createEngine({ clock: () => ticking++, random: () => 0 });
    const script = "return {redis.call('TIME')[2], redis.call('TIME')[2]}";
    const [first, second] = plain(moving.run(['EVAL', script, '0'].map(bytes))) as [string, string];
    expect(first).toBe(second);
    const [one, two] = plain(moving.transaction([[bytes('TIME')], [bytes('TIME')]])) as [string, string];
    expect(one).toEqual(two);
  });

  it('is told in seconds and microseconds', () => {
    now += 123;
    expect(run('TIME')).toEqual(['1700000000', '123000']);
  });

  it('frees the memory of keys that nobody looks at', () => {
    for (let i = 0; i < 100; i += 1) run('SET', `k${i}`, 'x', 'PX', 10);
    run('SET', 'stays', 'x');
    now += 10;
    for (let turn = 0; turn < 3; turn += 1) engine.db.sweep(50);
    now -= 10;
    expect(run('KEYS', '*')).toEqual(['stays']);
  });
});

describe('scripts', () => {
  it('find nothing that another left behind, and cannot reach what all share', () => {
    expect(run('EVAL', "getmetatable('').__index.leak = 1 return 1", 0)).toMatch(/^-ERR/);
    expect(run('EVAL', 'string.leak = 1', 0)).toMatch(/readonly table/);
    expect(run('EVAL', "return rawset and 'rawset' or 1", 0)).toMatch(/nonexistent global/);
    for (const name of [
      'os',
      'io',
      'require',
      'debug',
      'load',
      'loadstring',
      'dofile',
      'setfenv',
      'getfenv',
      '_G',
    ]) {
      expect(run('EVAL', `return ${name}`, 0)).toMatch(/nonexistent global/);
    }
    expect(run('EVAL', 'return tostring(string.leak)', 0)).toBe('nil');
  });

  it('that only read do not bind the next one', () => {
    expect(run('EVAL_RO', "redis.call('SET', 'a', 1)", 0)).toMatch(/not allowed from read-only/);
    expect(run('EVAL_RO', "error('x')", 0)).toMatch(/user_script:1: x/);
    expect(run('EVAL', "return redis.call('SET', 'a', 1)", 0)).toBe('OK');
  });

  it('are counted by what they run', () => {
    run('EVAL', "redis.call('SET', 'a', 1) redis.pcall('INCR', 'a') return redis.call('GET', 'a')", 0);
    expect(engine.scriptedCommands()).toBe(3);
  });

  it('leave the engine whole when they nest without end, recurse without end or return a circle', () => {
    expect(run('EVAL', 'local t = {} t[1] = t return t', 0)).toBeInstanceOf(Array);
    expect(run('EVAL', 'local function f() return 1 + f() end return f()', 0)).toMatch(/stack overflow/);
    expect(run('EVAL', 'local t = {} for i = 1, 2000 do t = {t} end return cjson.encode(t)', 0)).toMatch(
      /excessive depth/,
    );
    expect(run('EVAL', "return cjson.decode(string.rep('[', 2000))", 0)).toMatch(/too many nested/);
    expect(run('EVAL', 'return 0/0', 0)).toBe(-(2 ** 63));
    expect(run('EVAL', 'return 1', 0)).toBe(1);
  });

  it('do not leave a trace of many runs', () => {
    for (let i = 0; i < 20_000; i += 1) run('EVAL', "return redis.call('PING')", 0);
    for (let i = 0; i < 2_000; i += 1) run('EVAL', "return redis.call('NOSUCH')", 0);
    expect(run('EVAL', 'return #KEYS', 1, 'k')).toBe(1);
  });

  it('move a megabyte in far less time than it takes to look at each byte of it', () => {
    const big = Uint8Array.from({ length: 1 << 20 }, (_, i) => (i * 7919) >> 3);
    run('SET', 'big', big);
    const get = "local big = redis.call('GET', 'big')";
    const look = `${get}; local n = 0; for i = 1, #big do n = n + big:byte(i) end; return n`;
    const moved = engine.run(['EVAL', `${get}; return big`, '0'].map(bytes));
    expect(Buffer.compare(moved as Uint8Array, big)).toBe(0);
    expect(leastMs(`${get}; return big`)).toBeLessThan(leastMs(look) / 3);
  });

  function leastMs(script: string): number {
    const command = ['EVAL', script, '0'].map(bytes);
    const rounds = Array.from({ length: 5 }, () => {
      const startedAt = performance.now();
      engine.run(command);
      return performance.now() - startedAt;
    });
    return Math.min(...rounds);
  }
});
