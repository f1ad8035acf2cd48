/**
 * The value of a key, from memory, from Redis, or from its loader, which runs once at a time in this process (and, with a
 * lease, once in all).
 *
 * Shape   fresh -> given; stale -> given, refreshed behind; fail-safe -> loaded, the old value if that fails or takes too
 *         long; nothing -> loaded
 * Errors  what the loader throws where no old value can be served, to all who wait for it
 * Cost    a miss: one command to look, one to keep
 */

import type { Clock } from '../primitives/clock.ts';
import { createSingleFlight, GAVE_UP, outwait } from '../primitives/single-flight.ts';
import type { ApplicationListener } from './application-events.ts';
import type { Loader, LoadOptions } from './cache-api.ts';
import { type HeldValue, openValue } from './held-value.ts';
import { CacheInputError } from './input.ts';
import type { Leases } from './lease.ts';
import { createLeased, LEASE_WAIT_MS } from './leased.ts';
import { createBackoff, runLoader } from './loading.ts';
import type { ResolvedLoad } from './store-request.ts';
import type { StoredValue } from './value-frame.ts';
import type { Sight, ValueLevels } from './value-levels.ts';
import { isEager, windowAt } from './windows.ts';

export interface LoadRequest<Value> {
  readonly key: string;
  readonly load: Loader<Value>;
  readonly options: ResolvedLoad<Value>;
}

export interface GetOrLoadDeps {
  readonly levels: ValueLevels;
  readonly leases: Leases | undefined;
  readonly clock: Clock;
  readonly random: () => number;
  readonly onEvent: ApplicationListener;
  /** Work that goes on after the caller has his answer. */
  readonly background: (work: Promise<unknown>) => void;
  /** Whether the caller need not wait for what Redis is told after a load. */
  readonly writesBehind: boolean;
  readonly store: <Value>(request: LoadRequest<Value>, value: Value) => StoredValue;
}

export type GetOrLoad = <Value>(request: LoadRequest<Value>) => Promise<Value>;

/** Two calls to Redis besides the loader. */
const REDIS_MS = 1_000;

interface Run {
  readonly isBackground: boolean;
  /** It holds the lease. */
  readonly isHolder?: boolean;
}

export function createGetOrLoad(deps: GetOrLoadDeps): GetOrLoad {
  const { levels, leases, clock, random, onEvent, background } = deps;
  const leased = leases && createLeased({ leases, random, onEvent });
  const flights = createSingleFlight();
  const backoff = createBackoff(clock);

  function hit<Value>(
    { key }: LoadRequest<Value>,
    held: HeldValue,
    level: Sight['level'],
    stale: boolean,
  ): Value {
    onEvent({ kind: 'hit', key, level, stale });
    return openValue(held) as Value;
  }

  function fly<Value>(request: LoadRequest<Value>, work: () => Promise<Value>): Promise<Value> {
    const { hardTimeoutMs, lease } = request.options;
    const patienceMs = hardTimeoutMs + REDIS_MS + (lease ? (lease.waitMs ?? LEASE_WAIT_MS) : 0);
    return flights.run(request.key, work, patienceMs);
  }

  /** Behind a hit: nobody waits for it, and its failure was told. */
  function refresh<Value>(request: LoadRequest<Value>, sight: Sight): void {
    const { key } = request;
    if (flights.has(key) || backoff.isOn(key)) return;
    background(fly(request, () => lead(request, sight, true)).catch(() => {}));
  }

  /** What may be given out at once. */
  function serve<Value>(request: LoadRequest<Value>, sight: Sight): { readonly value: Value } | undefined {
    const { held, level } = sight;
    if (held === undefined) return undefined;
    const { ttlMs, eagerRatio } = request.options;
    const now = clock();
    const window = windowAt(held, now);
    const left = window === 'fail-safe' && backoff.isOn(request.key);
    if (window !== 'fresh' && window !== 'stale' && !left) return undefined;
    if (window === 'stale' || isEager(held, ttlMs, eagerRatio, now)) refresh(request, sight);
    return { value: hit(request, held, level, window !== 'fresh') };
  }

  async function settle<Value>(request: LoadRequest<Value>): Promise<Value> {
    const { key, options } = request;
    const sight = await levels.look(key, givenTags(options));
    const served = serve(request, sight);
    if (served) return served.value;
    onEvent({ kind: 'miss', key });
    const old = usable(sight);
    const loading = lead(request, sight, false);
    if (!old) return loading;
    const loaded = await outwait(loading, options.softTimeoutMs).catch((): typeof GAVE_UP => GAVE_UP);
    if (loaded !== GAVE_UP) return loaded;
    background(loading.catch(() => {}));
    return hit(request, old, sight.level, true);
  }

  const usable = ({ held }: Sight) => (held && windowAt(held, clock()) !== 'dead' ? held : undefined);

  function lead<Value>(request: LoadRequest<Value>, sight: Sight, isBackground: boolean): Promise<Value> {
    const { key, options } = request;
    if (!options.lease || !leased || !sight.ticket) return reload(request, sight, { isBackground });
    return leased({
      key,
      lease: options.lease,
      holdMs: options.hardTimeoutMs,
      look: () => levels.lookFar(key, givenTags(options)),
      serve(seen, isHolder) {
        const held = usable(seen);
        const window = held && windowAt(held, clock());
        if (!held || (isHolder && window !== 'fresh')) return undefined;
        return {
          value: isBackground
            ? (openValue(held) as Value)
            : hit(request, held, seen.level, window !== 'fresh'),
        };
      },
      load: (seen, isHolder) => reload(request, seen, { isBackground, isHolder }),
    });
  }

  async function reload<Value>(request: LoadRequest<Value>, sight: Sight, run: Run): Promise<Value> {
    const { key, load, options } = request;
    const startedAt = clock();
    const value = await runLoader(key, load, options.hardTimeoutMs).catch(error => {
      backoff.failed(key, options.backoffMs);
      const served = usable(sight) !== undefined;
      onEvent({ kind: 'load-failed', key, tookMs: clock() - startedAt, error, served });
      throw error;
    });
    backoff.succeeded(key);
    onEvent({ kind: 'loaded', key, tookMs: clock() - startedAt, background: run.isBackground });
    return keep(request, sight, value, run);
  }

  /** What is given out is what the next caller will get, too: the cache's own copy. */
  async function keep<Value>(
    request: LoadRequest<Value>,
    sight: Sight,
    value: Value,
    { isHolder = false }: Run,
  ): Promise<Value> {
    const stored = storable(request, value);
    if (!stored) return value;
    const kept = levels.keep(stored, sight);
    // Whoever waits for the lease must find the value when it is given back.
    if (deps.writesBehind && !isHolder) background(kept);
    else await kept;
    return levels.open(stored) as Value;
  }

  function storable<Value>(request: LoadRequest<Value>, value: Value): StoredValue | undefined {
    try {
      return deps.store(request, value);
    } catch (error) {
      if (!(error instanceof CacheInputError) || error.code !== 'CACHE_VALUE_TOO_LARGE') throw error;
      onEvent({ kind: 'not-kept', key: request.key, error });
      return undefined;
    }
  }

  return async request => {
    const held = levels.peek(request.key);
    const sight = { held, level: 'L1', ticket: held?.ticket, position: levels.position() } as const;
    const served = serve(request, sight);
    return served ? served.value : fly(request, () => settle(request));
  };
}

function givenTags<Value>({ tags }: LoadOptions<Value>): readonly string[] | undefined {
  return typeof tags === 'function' ? undefined : (tags ?? []);
}
