import { beforeEach, expect, it } from 'vitest';
import { createFinder } from '../../../shared/cache/redis-finder.ts';
import { createRedisKeys } from '../../../shared/cache/redis-keys.ts';
import { createRedisStore } from '../../../shared/cache/redis-store.ts';
import { createTagPattern } from '../../../shared/cache/tag-pattern.ts';
import { type Redis, RedisError, RedisUnavailable } from '../../../shared/redis/redis.ts';
import { createTestClock } from '../../fakes/clock.ts';
import { createEngineRedis, type EngineRedis } from '../../fakes/engine-redis.ts';

const clock = createTestClock();
let redis: EngineRedis;

beforeEach(async () => {
  redis = await createEngineRedis(clock);
});

const find = (glob: string, port: Redis = redis) =>
  createFinder(port, createRedisKeys('p'))(createTagPattern(glob));

async function keep(base: string, tags: readonly string[], keyPrefix = 'p') {
  const deps = { redis, clock, createId: () => 'id', onEvent: () => undefined };
  const store = createRedisStore<string>(deps, { keyPrefix, tagsTtlMs: 0 });
  const lookup = { base, facets: new Map([['lang', 'de']]), tags };
  const value = { meta: '', body: new Uint8Array(20_000), tags, deadAt: Number.POSITIVE_INFINITY };
  await store.write({ lookup, reading: await store.read(lookup), varies: ['lang'], value });
}

it('finds the tags of entries, variants among them, and of no one else’s', async () => {
  await keep('one', ['/a/1', 'x']);
  await keep('two', ['/a/2', '/b/2']);
  await keep('three', ['/a/3'], 'other');
  await redis.pipeline([['RPUSH', 'p:1:e:strange', 'E1 \n/a/4']]);
  await redis.pipeline([['SET', 'p:1:e:junk', 'E1 /a/5']]);
  const { tags, complete } = await find('/a*');
  expect([[...tags].sort(), complete]).toEqual([['/a/1', '/a/2'], true]);
  expect((await find('/*/2')).tags.toSorted()).toEqual(['/a/2', '/b/2']);
});

it('costs a trip for every thousand keys, and ends at its bound', async () => {
  const fill = (count: number) =>
    redis.pipeline(Array.from({ length: count }, (_, i) => ['SET', `other:${i}`, ''] as const));
  await fill(2_500);
  redis.takeCommands();
  expect(await find('/a*')).toEqual({ tags: [], complete: true });
  const names = redis.takeCommands().map(([name]) => name);
  expect(names.filter(name => name === 'EVALSHA_RO')).toHaveLength(4);
  await fill(40_001);
  redis.takeCommands();
  expect(await find('/a*')).toEqual({ tags: [], complete: false });
  expect(redis.takeCommands()).toHaveLength(40);
});

it('takes no odd answer for the end', async () => {
  await expect(find('*', { pipeline: async () => ['OK'] })).rejects.toBeInstanceOf(RedisUnavailable);
  const refusing: Redis = { pipeline: async () => [new RedisError('NOPERM')] };
  await expect(find('*', refusing)).rejects.toThrow('NOPERM');
});
