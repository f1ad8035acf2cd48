import { beforeEach, describe, expect, it } from 'vitest';
import type { Lookup } from '../../../shared/cache/entry.ts';
import { createLevels } from '../../../shared/cache/levels.ts';
import { createMemoryStore } from '../../../shared/cache/memory-store.ts';
import { createRedisStore } from '../../../shared/cache/redis-store.ts';
import { createTagPattern } from '../../../shared/cache/tag-pattern.ts';
import { RedisUnavailable } from '../../../shared/redis/redis.ts';
import { createTestClock } from '../../fakes/clock.ts';
import { createEngineRedis, type EngineRedis } from '../../fakes/engine-redis.ts';

const clock = createTestClock();
let redis: EngineRedis;
let ids = 0;

beforeEach(async () => {
  redis = await createEngineRedis(clock);
});

function isolate({ alone = false, pipeline = redis.pipeline } = {}) {
  const deps = { redis: { pipeline }, clock, createId: () => `id${ids++}`, onEvent: () => undefined };
  const shared = alone ? undefined : createRedisStore<string>(deps, { keyPrefix: 'p', tagsTtlMs: 0 });
  const memory = createMemoryStore<string>({ clock, maxBytes: 1e8, maxEntries: 10_000 });
  const levels = createLevels<string>({ memory, shared, onEvent: () => undefined });
  const read = async (path: string) => levels.read(lookupOf(path));
  const write = async (path: string, reading = read(path)) =>
    levels.write({ reading: await reading, varies: [], value: { ...PAGE, tags: [path] } });
  const state = async (path: string) => {
    const { found } = await read(path);
    if (!found) return 'gone';
    return found.entry.soft ? 'stale' : 'there';
  };
  const purge = (glob: string, soft = false) => levels.purgeLike(createTagPattern(glob), { soft });
  return { read, write, state, purge };
}

const PAGE = { meta: '', body: new Uint8Array(1), deadAt: Number.POSITIVE_INFINITY };
const lookupOf = (path: string): Lookup => ({ base: path, facets: new Map(), tags: [path] });

describe.each([true, false])('memory alone: %s', alone => {
  it('takes what matches, and nothing else', async () => {
    const { write, state, purge } = isolate({ alone });
    for (const path of ['/a/1.css', '/a/1.js', '/b/2.css']) await write(path);
    expect(await purge('/*.css')).toEqual({
      shared: alone ? 'absent' : 'purged',
      tags: 2,
      complete: true,
    });
    expect([await state('/a/1.css'), await state('/a/1.js'), await state('/b/2.css')]).toEqual([
      'gone',
      'there',
      'gone',
    ]);
  });

  it('softly makes it stale', async () => {
    const { write, state, purge } = isolate({ alone });
    await write('/a');
    await purge('/*', true);
    expect(await state('/a')).toBe('stale');
  });

  it('is not survived by what was on its way, in memory or in Redis', async () => {
    const one = isolate({ alone });
    const reading = one.read('/a');
    await reading;
    await one.purge('/*');
    await one.write('/a', reading);
    expect(await one.state('/a')).toBe('gone');
    expect(await isolate({ alone }).state('/a')).toBe('gone');
    await one.write('/a');
    expect(await one.state('/a')).toBe('there');
  });
});

it('another isolate learns of it as of any purge', async () => {
  const [one, other] = [isolate(), isolate()];
  await one.write('/a');
  expect(await other.state('/a')).toBe('there');
  await one.purge('/*');
  expect(await other.state('/a')).toBe('gone');
});

it('more than one command should carry is purged in parts', async () => {
  const one = isolate();
  for (let i = 0; i < 1_100; i++) await one.write(`/${i}`);
  redis.takeCommands();
  expect(await one.purge('/*')).toMatchObject({ tags: 1_100 });
  const names = redis.takeCommands().map(([name]) => name);
  expect(names.filter(name => name === 'EVALSHA')).toHaveLength(3);
  expect([await isolate().state('/0'), await isolate().state('/1099')]).toEqual(['gone', 'gone']);
});

it('Redis out of reach is said, and memory is purged', async () => {
  let isDown = false;
  const one = isolate({
    pipeline: async (...call) => {
      if (isDown) throw new RedisUnavailable('down');
      return redis.pipeline(...call);
    },
  });
  await one.write('/a');
  isDown = true;
  expect(await one.purge('/*')).toEqual({ shared: 'unreachable', tags: 0, complete: false });
  expect(await one.state('/a')).toBe('gone');
});
