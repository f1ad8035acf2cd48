import { expect, test } from 'vitest';
import { FIND_TAGS } from '../../../shared/cache/find-tags.lua.ts';
import type { RedisReply } from '../../../shared/redis/redis.ts';
import { createTestClock } from '../../fakes/clock.ts';
import { createEngineRedis } from '../../fakes/engine-redis.ts';

function plain(reply: RedisReply | undefined): unknown {
  if (reply instanceof Uint8Array) return new TextDecoder().decode(reply);
  return Array.isArray(reply) ? reply.map(plain) : reply;
}

async function found(startsWith: string, values: Readonly<Record<string, string>>): Promise<unknown> {
  const redis = await createEngineRedis(createTestClock());
  await redis.pipeline(Object.entries(values).map(([key, value]) => ['SET', key, value] as const));
  await redis.pipeline([['RPUSH', 'e:list', 'E1 0\n/a']]);
  const [reply] = await redis.pipeline([['EVAL_RO', FIND_TAGS, 0, '0', 'e:*', 100, startsWith]]);
  const [cursor, tags] = plain(reply) as [string, string[]];
  return [cursor, tags.toSorted()];
}

test('a step finds each tag once, in entries alone', async () => {
  const values = {
    'e:1': 'E1 0\n/a /b\nrest',
    'e:2': 'E1 0\n/a /ab x\nrest',
    'e:forks': 'F1 0\n/aforks\n9\n',
    'e:empty': '',
    'e:none': 'E1 0\n\nrest',
    't:/a': 'E1 0\n/another\n',
  };
  expect(await found('/a', values)).toEqual(['0', ['/a', '/ab']]);
  expect(await found('', values)).toEqual(['0', ['/a', '/ab', '/b', 'x']]);
});

test('what tags begin with is no pattern', async () => {
  expect(await found('%a.', { 'e:1': 'E1 0\n%ab %a.c\n' })).toEqual(['0', ['%a.c']]);
});

test('the first tag of very many is found', async () => {
  expect(await found('/a', { 'e:1': `E1 0\n/a ${'x'.repeat(20_000)}\n` })).toEqual(['0', ['/a']]);
});
