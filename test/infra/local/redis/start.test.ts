import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type LocalRedis, startRedis } from '../../../../infra/local/redis/start.ts';
import type { RedisCommand } from '../../../../shared/redis/redis.ts';
import { createUpstashRedis } from '../../../../shared/redis/upstash.ts';

let dir: string;
const running = new Set<LocalRedis>();
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'headrace-test-'));
});
afterEach(async () => {
  await Promise.all([...running].map(redis => redis.stop()));
  running.clear();
  await rm(dir, { recursive: true });
});

async function start(snapshotFile?: string): Promise<LocalRedis> {
  const redis = await startRedis({ snapshotFile });
  running.add(redis);
  return redis;
}

const send = (endpoint: { url: string; token: string }, ...commands: RedisCommand[]) =>
  createUpstashRedis({ ...endpoint, fetch, deadlineMs: 5_000 }).pipeline(commands);

const BYTES = Uint8Array.from({ length: 256 }, (_, byte) => byte);

it('keeps its state from one run to the next: every type, every byte, what is left of its time', async () => {
  const snapshotFile = join(dir, 'state', 'redis.snapshot');
  const first = await start(snapshotFile);
  await send(
    first,
    ['SET', 'bytes', BYTES, 'PX', 600_000],
    ['SET', 'gone', 'x', 'PX', 1],
    ['HSET', 'hash', 'f', BYTES],
  );
  await send(
    first,
    ['SADD', 'set', 'm'],
    ['ZADD', 'zset', 0.1, 'a', '-inf', 'b'],
    ['RPUSH', 'list', '1', '2', '1'],
  );
  await first.stop();

  const second = await start(snapshotFile);
  const [bytes, ttl, gone, hash] = await send(
    second,
    ['GET', 'bytes'],
    ['PTTL', 'bytes'],
    ['GET', 'gone'],
    ['HGET', 'hash', 'f'],
  );
  expect([bytes, gone, hash]).toEqual([BYTES, null, BYTES]);
  expect(ttl).toBeGreaterThan(0);
  const text = (word: string) => new TextEncoder().encode(word);
  expect(
    await send(
      second,
      ['SMEMBERS', 'set'],
      ['ZRANGE', 'zset', 0, -1],
      ['ZSCORE', 'zset', 'b'],
      ['LRANGE', 'list', 0, -1],
    ),
  ).toEqual([[text('m')], [text('b'), text('a')], text('-inf'), [text('1'), text('2'), text('1')]]);
});

it.each([
  ['cut off', (whole: Buffer) => whole.subarray(0, -3)],
  ['altered', (whole: Buffer) => Buffer.concat([whole.subarray(0, -3), Buffer.from('y\r\n')])],
  ['empty', () => Buffer.alloc(0)],
  ['something else', () => Buffer.from('#!/bin/sh\n')],
])('starts empty from a snapshot that is %s, and sets it aside', async (_, spoil) => {
  const snapshotFile = join(dir, 'redis.snapshot');
  const first = await start(snapshotFile);
  await send(first, ['SET', 'a', 'x']);
  await first.stop();
  const spoiled = spoil(await readFile(snapshotFile));
  await writeFile(snapshotFile, spoiled);

  const second = await start(snapshotFile);
  expect(await send(second, ['DBSIZE'])).toEqual([0]);
  expect(await readFile(`${snapshotFile}.unreadable`)).toEqual(spoiled);
});

it('starts empty after it was killed, so that nothing comes back which was deleted since', async () => {
  const snapshotFile = join(dir, 'redis.snapshot');
  const first = await start(snapshotFile);
  await send(first, ['SET', 'a', 'x']);
  await first.stop();
  const second = await start(snapshotFile);
  await send(second, ['DEL', 'a']);
  process.kill(second.pid ?? 0, 'SIGKILL');
  await second.ended;

  const third = await start(snapshotFile);
  expect(await send(third, ['DBSIZE'])).toEqual([0]);
});

it('writes nothing when it is given no file', async () => {
  const redis = await start();
  await send(redis, ['SET', 'a', 'x']);
  await redis.stop();
  expect(await readdir(dir)).toEqual([]);
});

it('is gone when it was stopped, and can be stopped twice', async () => {
  const redis = await start();
  await redis.stop();
  await redis.stop();
  await expect(fetch(redis.url)).rejects.toThrow();
  expect(() => process.kill(redis.pid ?? 0, 0)).toThrow('ESRCH');
});

it('tells when it ends by itself', async () => {
  const redis = await start();
  process.kill(redis.pid ?? 0, 'SIGKILL');
  expect(await redis.ended).toMatch(/SIGKILL/);
});

it('lets its launcher finish after Ctrl-C, and keeps its state when the launcher dies', async () => {
  const snapshotFile = join(dir, 'redis.snapshot');
  const main = join(import.meta.dirname, '../../../../infra/local/redis/main.ts');
  const child = fork(main, { env: { TOKEN: 't', SNAPSHOT: snapshotFile }, execArgv: [] });
  const [{ url }] = (await once(child, 'message')) as [{ url: string }];
  child.kill('SIGINT');
  expect(await send({ url, token: 't' }, ['SET', 'a', 'x'])).toEqual(['OK']);
  child.disconnect();
  expect(await once(child, 'exit')).toEqual([0, null]);
  expect((await readFile(snapshotFile)).includes('SET')).toBe(true);
});
