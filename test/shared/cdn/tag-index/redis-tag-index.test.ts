import { describe, expect, it } from 'vitest';
import { createRedisTagIndex } from '../../../../shared/cdn/tag-index/redis-tag-index.ts';
import { RedisUnavailable } from '../../../../shared/redis/redis.ts';
import { withChaos } from '../../../fakes/chaos.ts';
import { createTestClock } from '../../../fakes/clock.ts';
import { createEngineRedis } from '../../../fakes/engine-redis.ts';

async function open(most?: number) {
  const clock = createTestClock();
  const down = { is: false };
  const redis = withChaos(await createEngineRedis(clock), {
    before() {
      if (down.is) throw new RedisUnavailable('away');
    },
  });
  const index = createRedisTagIndex({ redis, clock, ...(most !== undefined && { most }) });
  const add = (url: string, tags: readonly string[], lifeMs = 60_000) =>
    index.add({ url, tags, endsAt: clock() + lifeMs });
  return { clock, redis, index, add, down };
}

describe('the index of tags', () => {
  it('knows the addresses of each tag, and none of a tag that nothing has', async () => {
    const { index, add } = await open();
    await add('https://a.example/1', ['x', 'y']);
    await add('https://a.example/2', ['x']);
    await add('https://a.example/1', ['x']);
    const found = await index.find(['x', 'y', 'none']);
    expect(new Set(found.get('x'))).toEqual(new Set(['https://a.example/1', 'https://a.example/2']));
    expect([found.get('y'), found.get('none')]).toEqual([['https://a.example/1'], []]);
  });

  it('forgets an address when no CDN can hold it any more, and leaves nothing behind', async () => {
    const { index, add, clock, redis } = await open();
    await add('https://a.example/1', ['x'], 10_000);
    await add('https://a.example/2', ['x'], 20_000);
    clock.advance(10_001);
    expect((await index.find(['x'])).get('x')).toEqual(['https://a.example/2']);
    clock.advance(10_000);
    expect(await redis.pipeline([['DBSIZE']])).toEqual([0]);
  });

  it('keeps an address for the longest life it was given', async () => {
    const { index, add, clock } = await open();
    await add('https://a.example/1', ['x'], 50_000);
    await add('https://a.example/1', ['x'], 10_000);
    clock.advance(30_000);
    expect((await index.find(['x'])).get('x')).toEqual(['https://a.example/1']);
  });

  it('says that a tag is incomplete once it has more than it may hold, until what went would have ended', async () => {
    const { index, add, clock } = await open(3);
    for (let i = 0; i < 5; i++) await add(`https://a.example/${i}`, ['x', `only-${i}`], 10_000 + i);
    const found = await index.find(['x', 'only-1']);
    expect([found.get('x'), found.get('only-1')]).toEqual(['incomplete', ['https://a.example/1']]);
    clock.advance(10_010);
    expect((await index.find(['x'])).get('x')).toEqual([]);
  });

  it('says that every tag is incomplete while a page lives that could not be written', async () => {
    const { index, add, clock, down } = await open();
    await add('https://a.example/1', ['x'], 600_000);
    down.is = true;
    await expect(add('https://a.example/2', ['x'], 30_000)).rejects.toBeInstanceOf(RedisUnavailable);
    down.is = false;
    await add('https://a.example/3', ['y']);
    expect((await index.find(['x'])).get('x')).toBe('incomplete');
    clock.advance(30_001);
    expect((await index.find(['x'])).get('x')).toEqual(['https://a.example/1']);
  });

  it('answers for more tags than go into one trip', async () => {
    const { index, add } = await open();
    const tags = Array.from({ length: 250 }, (_, at) => `t${at}`);
    await add('https://a.example/1', tags);
    const found = await index.find(tags);
    expect([...found.values()].every(urls => urls.length === 1)).toBe(true);
    expect(found.size).toBe(250);
  });
});
