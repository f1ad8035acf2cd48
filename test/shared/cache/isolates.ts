/**
 * Three isolates on one Redis whose every request and answer waits until a test lets it go, and the record of what was
 * loaded, purged and served in which order: enough to say afterwards who was owed what.
 */
import { expect } from 'vitest';
import type { Lookup } from '../../../shared/cache/entry.ts';
import { type CacheReading, createLevels, type Levels } from '../../../shared/cache/levels.ts';
import { createMemoryStore, type MemoryStore } from '../../../shared/cache/memory-store.ts';
import { createRedisStore } from '../../../shared/cache/redis-store.ts';
import type { TestClock } from '../../fakes/clock.ts';
import type { EngineRedis } from '../../fakes/engine-redis.ts';
import { createMoments, createTraffic, type Moment } from './on-the-way.ts';

export const TAGS_TTL_MS = 100;
export const BOUNDS = { maxBytes: 9_000, maxEntries: 6 };
export const ISOLATES = 3;

/** What a value says of itself. */
interface Meta {
  readonly base: string;
  readonly facets: Readonly<Record<string, string>>;
  readonly varies: readonly string[];
  readonly loadedAt: Moment;
}

interface Purge {
  readonly tag: string;
  readonly soft: boolean;
  readonly isolate: number;
  readonly begun: Moment;
  ended?: Moment;
}

interface Load {
  readonly isolate: number;
  readonly reading: CacheReading<Meta>;
  readonly begun: Moment;
}

interface Isolate {
  readonly memory: MemoryStore<Meta>;
  readonly cache: Levels<Meta>;
}

export interface Target {
  readonly isolate: number;
  readonly base: string;
  readonly facets: Readonly<Record<string, string>>;
  /** Besides the key's own: tags known beforehand. */
  readonly known: readonly string[];
}

export interface Loaded {
  readonly varies: readonly string[];
  readonly tags: readonly string[];
  readonly bytes: number;
  readonly lifeMs: number;
}

export type World = ReturnType<typeof createWorld>;

export function createWorld(redis: EngineRedis, clock: TestClock, keyPrefix: string) {
  let id = 0;
  const now = createMoments(clock);
  const { slow, deliver, isIdle, evict } = createTraffic(redis);
  const loads: Load[] = [];
  const purges: Purge[] = [];
  const faults: string[] = [];
  const isolates = Array.from({ length: ISOLATES }, (): Isolate => {
    const memory = createMemoryStore<Meta>({ ...BOUNDS, clock });
    const onEvent = () => {};
    const deps = { redis: slow, clock, createId: () => `id${id++}`, onEvent };
    const shared = createRedisStore<Meta>(deps, { keyPrefix, tagsTtlMs: TAGS_TTL_MS });
    return { memory, cache: createLevels({ memory, shared, onEvent }) };
  });

  async function read(target: Target): Promise<void> {
    const { base, facets, known, isolate } = target;
    const lookup: Lookup = {
      base,
      facets: new Map(Object.entries(facets)),
      tags: [`,${base}`, ...known],
    };
    const begun = now();
    const reading = await isolateAt(isolate).cache.read(lookup);
    if (reading.found) judge(target, begun, reading);
    loads.push({ isolate, reading, begun: now() });
  }

  function judge(target: Target, begun: Moment, { found }: CacheReading<Meta>): void {
    const { meta, tags, soft, deadAt } = found?.entry ?? expect.fail();
    if (meta.base !== target.base) faults.push(`${target.base} was answered with ${meta.base}`);
    for (const name of meta.varies)
      if (meta.facets[name] !== target.facets[name]) faults.push(`another variant by ${name}`);
    if (deadAt <= begun.ms) faults.push('dead');
    const owed = purges.filter(purge => tags.includes(purge.tag) && isOwed(purge, target, begun));
    for (const purge of owed.filter(({ begun: purged }) => meta.loadedAt.order < purged.order))
      if (!purge.soft || !soft)
        faults.push(`${JSON.stringify(purge)} did not hold for ${JSON.stringify(found)}`);
  }

  /** Where it was sent a purge holds as soon as it is done, elsewhere once the bound has passed. */
  function isOwed({ isolate, ended }: Purge, target: Target, begun: Moment): boolean {
    if (!ended) return false;
    return isolate === target.isolate ? ended.order < begun.order : begun.ms >= ended.ms + TAGS_TTL_MS;
  }

  function isolateAt(index: number): Isolate {
    return isolates[index % ISOLATES] ?? expect.fail();
  }

  return {
    faults,
    read,
    async finishLoad(index: number, { varies, tags, bytes, lifeMs }: Loaded): Promise<void> {
      const [load] = loads.splice(index % Math.max(1, loads.length), 1);
      if (!load) return;
      const { lookup } = load.reading;
      const facets = Object.fromEntries(lookup.facets.entries());
      const meta = { base: lookup.base, facets, varies, loadedAt: load.begun };
      const value = {
        meta,
        body: new Uint8Array(bytes),
        tags: [`,${lookup.base}`, ...tags],
        deadAt: clock() + lifeMs,
      };
      await isolateAt(load.isolate).cache.write({ reading: load.reading, varies, value });
    },
    async purge(isolate: number, tag: string, soft: boolean): Promise<void> {
      const purge: Purge = { tag, soft, isolate, begun: now() };
      purges.push(purge);
      await isolateAt(isolate).cache.purge([tag], { soft });
      purge.ended = now();
    },
    deliver,
    isIdle,
    evict: (index: number) => evict(`${keyPrefix}:1:e:*`, index),
    weigh(): void {
      for (const { memory } of isolates) {
        const { bytes, entries } = memory.size();
        if (bytes > BOUNDS.maxBytes || entries > BOUNDS.maxEntries)
          faults.push(`${bytes} B, ${entries} entries`);
      }
    },
  };
}
