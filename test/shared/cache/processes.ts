/**
 * Processes with a cache each, on one Redis whose every request and answer waits until a test lets it go, as do the loaders;
 * and the record of what was loaded, set, purged and served in which order.
 */

import { createCache } from '../../../shared/cache/cache.ts';
import type { Cache } from '../../../shared/cache/cache-api.ts';
import type { TestClock } from '../../fakes/clock.ts';
import type { EngineRedis } from '../../fakes/engine-redis.ts';
import { createMoments, createTraffic, type Moment } from './on-the-way.ts';

export const TAGS_TTL_MS = 100;
export const L1_TTL_MS = 500;

/** What a value says of itself. */
interface Written {
  readonly key: string;
  readonly tags: readonly string[];
  readonly process: number;
  /** When its load, or its set, began. */
  readonly begun: Moment;
  /** It was set: as if at any moment until that was done. */
  readonly isSet: boolean;
}

interface Purge {
  readonly process: number;
  /** Whether it is owed of a value. */
  readonly holdsFor: (written: Written) => boolean;
  readonly name: string;
  readonly begun: Moment;
  ended?: Moment;
}

export interface Target {
  readonly process: number;
  readonly key: string;
  readonly tags: readonly string[];
  /** Given with the call, or learned from the value. */
  readonly learned: boolean;
}

export type Removal =
  | { readonly kind: 'tag'; readonly tag: string }
  | { readonly kind: 'prefix'; readonly prefix: string }
  | { readonly kind: 'clear' }
  | { readonly kind: 'delete'; readonly key: string };

export type World = ReturnType<typeof createWorld>;

export function createWorld(
  redis: EngineRedis,
  clock: TestClock,
  { processes, keyPrefix }: { processes: number; keyPrefix: string },
) {
  let id = 0;
  const now = createMoments(clock);
  const { gate, slow, deliver, isIdle, evict } = createTraffic(redis);
  const purges: Purge[] = [];
  const sets = new Map<number, Written & { ended?: Moment }>();
  const faults: string[] = [];
  const caches: Cache[] = Array.from({ length: processes }, () =>
    createCache(
      {
        redis: slow,
        keyPrefix,
        tagsTtlMs: TAGS_TTL_MS,
        deadlineMs: 600_000,
        hardTimeoutMs: 600_000,
        l1: { maxBytes: 9_000, maxEntries: 4, ttlMs: L1_TTL_MS },
      },
      { connect: () => slow, clock, random: () => 0.5, createId: () => `id${id++}` },
    ),
  );
  const cacheOf = (process: number): Cache => caches[process % processes] as Cache;

  function judge(target: Pick<Target, 'process' | 'key'>, begun: Moment, written: Written | undefined): void {
    if (written === undefined) return;
    if (written.key !== target.key) faults.push(`${target.key} was answered with ${written.key}`);
    for (const purge of purges) {
      const isOld = purge.holdsFor(written) && isBefore(written, purge);
      if (isOld && isOwed(purge, target.process, begun))
        faults.push(
          `${purge.name} by ${purge.process} did not hold in ${target.process} for ${JSON.stringify(written)}`,
        );
    }
    judgeSets(target, begun, written);
  }

  function isBefore({ begun, isSet }: Written, purge: Purge): boolean {
    const settled = isSet ? (sets.get(begun.order)?.ended?.order ?? Number.POSITIVE_INFINITY) : begun.order;
    return settled < purge.begun.order;
  }

  /** What one process has set it never sees replaced by something older, if nobody else writes. */
  function judgeSets({ key }: Pick<Target, 'key'>, begun: Moment, written: Written): void {
    if (processes > 1) return;
    for (const set of sets.values()) {
      const isOwn = set.key === key && (set.ended?.order ?? Number.POSITIVE_INFINITY) < begun.order;
      if (isOwn && written.begun.order < set.begun.order) faults.push(`a set of ${key} was undone`);
    }
  }

  /** Where it was sent a purge holds as soon as it is done, elsewhere once the bound has passed. */
  function isOwed({ process, ended }: Purge, reader: number, begun: Moment): boolean {
    if (!ended) return false;
    return process === reader ? ended.order < begun.order : begun.ms >= ended.ms + TAGS_TTL_MS;
  }

  return {
    faults,
    async get({ process, key }: Target): Promise<void> {
      const begun = now();
      judge({ process, key }, begun, await cacheOf(process).get<Written>(key));
    },
    async getMany({ process }: Target, keys: readonly string[]): Promise<void> {
      const begun = now();
      const found = await cacheOf(process).getMany<Written>(keys);
      for (const [key, written] of found) judge({ process, key }, begun, written);
    },
    async getOrLoad({ process, key, tags, learned }: Target, lifeMs: number): Promise<void> {
      const begun = now();
      const load = async (): Promise<Written> => {
        const written = { key, tags, process, begun: now(), isSet: false };
        await gate();
        return written;
      };
      const options = {
        tags: learned ? (written: Written) => written.tags : tags,
        ttlMs: lifeMs,
        staleMs: 50,
      };
      judge({ process, key }, begun, await cacheOf(process).getOrLoad(key, load, options));
    },
    async set({ process, key, tags }: Target, lifeMs: number): Promise<void> {
      const written: Written = { key, tags, process, begun: now(), isSet: true };
      const set: Written & { ended?: Moment } = { ...written };
      sets.set(written.begun.order, set);
      await cacheOf(process).set(key, written, { tags, ttlMs: lifeMs });
      set.ended = now();
    },
    async remove(process: number, removal: Removal): Promise<void> {
      const purge: Purge = {
        process,
        name: JSON.stringify(removal),
        holdsFor: holdsFor(removal),
        begun: now(),
      };
      // A plain delete is seen elsewhere within another bound, and a load of another process may write after it.
      if (removal.kind !== 'delete' || processes === 1) purges.push(purge);
      const cache = cacheOf(process);
      if (removal.kind === 'tag') await cache.purgeTags([removal.tag]);
      else if (removal.kind === 'prefix') await cache.purgePrefix(removal.prefix);
      else if (removal.kind === 'clear') await cache.clear();
      else await cache.delete(removal.key);
      purge.ended = now();
    },
    deliver,
    isIdle,
    evict: (index: number) => evict(`${keyPrefix}:1:v:*`, index),
  };
}

function holdsFor(removal: Removal): Purge['holdsFor'] {
  if (removal.kind === 'tag') return ({ tags }) => tags.includes(removal.tag);
  if (removal.kind === 'prefix') return ({ key }) => key.startsWith(removal.prefix);
  if (removal.kind === 'delete') return ({ key }) => key === removal.key;
  return () => true;
}
