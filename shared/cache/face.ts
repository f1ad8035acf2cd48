/**
 * The methods of the public face over the machinery behind it; a namespace is the same face with a longer prefix.
 *
 * Errors  as cache-api.ts says
 * Cost    as cache-api.ts says; a fresh hit in memory is looked up once and checks no option
 */

import { mapBounded } from '../primitives/bounded.ts';
import type { Clock } from '../primitives/clock.ts';
import type { ApplicationListener } from './application-events.ts';
import type { Background } from './background.ts';
import type {
  Cache,
  CacheHealth,
  Found,
  Loader,
  LoadOptions,
  ReadOptions,
  SetOptions,
  WarmItem,
  WarmOutcome,
} from './cache-api.ts';
import type { GetOrLoad } from './get-or-load.ts';
import { type HeldValue, openValue } from './held-value.ts';
import { tagOfPrefix } from './implicit-tags.ts';
import { checkKey, checkTags } from './input.ts';
import { checkLoadOptions, resolveLoad } from './options.ts';
import type { Sight } from './sight.ts';
import type { CacheStats } from './stats.ts';
import type { PlanStored, ResolvedLoad } from './store-request.ts';
import type { StoredValue } from './value-frame.ts';
import type { ValueLevels } from './value-levels.ts';
import { windowAt } from './windows.ts';

export interface Machinery {
  readonly levels: ValueLevels;
  readonly getOrLoad: GetOrLoad;
  readonly planStored: PlanStored;
  readonly background: Background;
  readonly clock: Clock;
  readonly onEvent: ApplicationListener;
  readonly stats: () => CacheStats;
  readonly health: () => Promise<CacheHealth>;
}

export interface FaceOptions {
  readonly prefix: string;
  readonly load: ResolvedLoad<unknown>;
}

const WARM_CONCURRENCY = 4;
/** A Worker of the free plan may call out fifty times. */
const MOST_STEPS = 40;
const DELETED_AT_ONCE = 500;

export function createFace(machinery: Machinery, { prefix, load: defaults }: FaceOptions): Cache {
  const { levels, planStored, background, clock, onEvent } = machinery;

  const nameOf = (key: string): string => {
    checkKey(key);
    const name = prefix + key;
    if (prefix !== '') checkKey(name);
    return name;
  };

  function optionsOf<Value>(options: LoadOptions<Value>): ResolvedLoad<Value> {
    checkLoadOptions(options);
    if (Array.isArray(options.tags)) checkTags(options.tags);
    return resolveLoad(options, defaults) as ResolvedLoad<Value>;
  }

  function tagsOf({ tags }: ReadOptions): readonly string[] | undefined {
    if (tags) checkTags(tags);
    return tags;
  }

  function found<Value>(key: string, { held, level }: Sight): Found<Value> {
    const window = held ? windowAt(held, clock()) : 'dead';
    if (!held || (window !== 'fresh' && window !== 'stale')) {
      onEvent({ kind: 'miss', key });
      return { hit: false };
    }
    onEvent({ kind: 'hit', key, level, stale: window === 'stale' });
    return { hit: true, value: openValue(held) as Value, stale: window === 'stale' };
  }

  function freshHit<Value>(held: HeldValue): Value {
    onEvent({ kind: 'hit', key: held.key, level: 'L1', stale: false });
    return openValue(held) as Value;
  }

  async function find<Value>(key: string, options: ReadOptions = {}): Promise<Found<Value>> {
    const name = nameOf(key);
    return found(name, await levels.look(name, tagsOf(options)));
  }

  function plan<Value>(key: string, value: Value, options: SetOptions<Value>): StoredValue {
    return planStored({ key: nameOf(key), options: optionsOf(options) }, value);
  }

  function loadSlowly<Value>(key: string, load: Loader<Value>, options: LoadOptions<Value>): Promise<Value> {
    return machinery.getOrLoad({ key: nameOf(key), load, options: optionsOf(options) });
  }

  const face: Cache = {
    async get<Value>(key: string, options?: ReadOptions) {
      const held = levels.peekFresh(prefix + key);
      if (held !== undefined) return freshHit<Value>(held);
      const outcome = await find<Value>(key, options);
      return outcome.hit ? outcome.value : undefined;
    },
    find,
    has: async (key, options) => (await find(key, options)).hit,
    async getMany<Value>(keys: readonly string[], options: ReadOptions = {}) {
      const sights = await levels.lookMany(keys.map(nameOf), tagsOf(options) ?? []);
      const values = new Map<string, Value>();
      for (const key of keys) {
        const outcome = found<Value>(prefix + key, sights.get(prefix + key) ?? MISSING);
        if (outcome.hit) values.set(key, outcome.value);
      }
      return values;
    },
    set: async (key, value, options = {}) => levels.put(plan(key, value, options)),
    async setMany(entries, options = {}) {
      await levels.putMany(Array.from(entries, ([key, value]) => plan(key, value, options)));
    },
    async getOrLoad<Value>(key: string, load: Loader<Value>, options?: LoadOptions<Value>) {
      const held = levels.peekFresh(prefix + key);
      if (held !== undefined && (options?.eagerRatio ?? defaults.eagerRatio) === 1)
        return freshHit<Value>(held);
      return loadSlowly(key, load, options ?? NO_OPTIONS);
    },
    async delete(key) {
      const keys = typeof key === 'string' ? [key] : key;
      await levels.delete(keys.map(nameOf));
    },
    async touch(key, { tags, ...lifetime } = {}) {
      const sight = await levels.look(nameOf(key), tagsOf(tags ? { tags } : {}));
      if (!sight.held || windowAt(sight.held, clock()) === 'dead') return false;
      const own = sight.held.tags.filter(tag => !tag.startsWith(','));
      const stored = plan(key, openValue(sight.held), { ...lifetime, tags: own });
      return (await levels.keep(stored, sight)) !== 'refused';
    },
    async purgeTags(tags, { soft = false } = {}) {
      checkTags(tags);
      await levels.purge(tags, { soft });
    },
    purgePrefix: async below => levels.purge([tagOfPrefix(prefix + below)], { soft: false }),
    async purgePattern(pattern, { maxSteps = MOST_STEPS } = {}) {
      const { keys, complete } = await levels.findKeys(nameOf(pattern), tagOfPrefix(prefix), maxSteps);
      for (let i = 0; i < keys.length; i += DELETED_AT_ONCE)
        await levels.delete(keys.slice(i, i + DELETED_AT_ONCE));
      return { deleted: keys.length, complete };
    },
    clear: async () => levels.purge([tagOfPrefix(prefix)], { soft: false }),
    namespace(name, own = {}) {
      checkLoadOptions(own);
      const longer = `${nameOf(name)}:`;
      // Refused here, where the mistake is, and not when it is cleared.
      tagOfPrefix(longer);
      return createFace(machinery, {
        prefix: longer,
        load: resolveLoad(own, defaults) as ResolvedLoad<unknown>,
      });
    },
    warm: (items, { concurrency = WARM_CONCURRENCY } = {}) => warm(face, items, concurrency),
    health: machinery.health,
    stats: machinery.stats,
    flush: background.settled,
    async close() {
      await background.settled();
      levels.forget([tagOfPrefix('')]);
    },
  };
  return face;
}

const NO_OPTIONS = {};
const MISSING: Sight = { held: undefined, level: 'L2', ticket: undefined, position: 0 };

async function warm<Value>(
  cache: Cache,
  items: Iterable<WarmItem<Value>>,
  concurrency: number,
): Promise<WarmOutcome> {
  const outcomes = await mapBounded([...items], concurrency, async ({ key, load, options }) => {
    try {
      await cache.getOrLoad(key, load, options);
      return undefined;
    } catch (error) {
      return { key, error };
    }
  });
  const failed = outcomes.filter(outcome => outcome !== undefined);
  return { warmed: outcomes.length - failed.length, failed };
}
