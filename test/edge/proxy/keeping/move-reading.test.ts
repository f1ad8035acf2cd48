import { expect, test } from 'vitest';
import { moveReading } from '../../../../edge/proxy/keeping/move-reading.ts';
import type { Stored } from '../../../../edge/proxy/stored.ts';
import type { Lookup } from '../../../../shared/cache/entry.ts';
import { createLevels } from '../../../../shared/cache/levels.ts';
import { createMemoryStore } from '../../../../shared/cache/memory-store.ts';
import { createRedisStore } from '../../../../shared/cache/redis-store.ts';
import { createTestClock } from '../../../fakes/clock.ts';
import { createEngineRedis } from '../../../fakes/engine-redis.ts';

const lookup = (base: string, facet = 'de'): Lookup => ({
  base,
  facets: new Map([['lang', facet]]),
  tags: ['t'],
});

async function open() {
  const clock = createTestClock();
  const redis = await createEngineRedis(clock);
  let ids = 0;
  const isolate = () => {
    const deps = { redis, clock, createId: () => `id${ids++}`, onEvent: () => undefined };
    const shared = createRedisStore<Stored>(deps, { keyPrefix: 'p', tagsTtlMs: 0 });
    const memory = createMemoryStore<Stored>({ clock, maxBytes: 1e6, maxEntries: 100 });
    return createLevels<Stored>({ memory, shared, onEvent: () => undefined });
  };
  const value = { meta: {} as Stored, body: new Uint8Array(1), tags: ['t'], deadAt: clock() + 60_000 };
  return { isolate, value };
}

test('what is written after a move is found at its new place, beside the variants that were there', async () => {
  const { isolate, value } = await open();
  const [one, other] = [isolate(), isolate()];
  await other.write({ reading: await other.read(lookup('new', 'fr')), varies: ['lang'], value });
  const reading = await moveReading(await one.read(lookup('old')), lookup('new'), one);
  await one.write({ reading, varies: [], value });
  for (const facet of ['de', 'fr']) expect((await isolate().read(lookup('new', facet))).found).toBeDefined();
  expect((await isolate().read(lookup('old'))).found).toBeUndefined();
});

test('a purge between the first reading and the write is not survived, in memory or in Redis', async () => {
  const { isolate, value } = await open();
  const [one, other] = [isolate(), isolate()];
  const before = await one.read(lookup('old'));
  await other.purge(['t'], { soft: false });
  await one.write({ reading: await moveReading(before, lookup('new'), one), varies: [], value });
  expect((await one.read(lookup('new'))).found).toBeUndefined();
  expect((await other.read(lookup('new'))).found).toBeUndefined();
});
