/**
 * The value of a key, from memory, from Redis, or from its loader, which runs once at a time in this process (and, with a
 * lease, once in all).
 *
 * Shape   fresh -> given; stale -> given, refreshed behind; fail-safe -> loaded, the old value if that fails or takes too
 *         long; nothing -> loaded
 * Errors  what the loader throws where no old value can be served, to all who wait for it
 * Cost    a miss: one command to look, one to keep
 */

import { createSingleFlight, GAVE_UP, outwait } from '../primitives/single-flight.ts';
import type { LoadOptions } from './cache-api.ts';
import { type HeldValue, openValue } from './held-value.ts';
import type { Leases } from './lease.ts';
import { createLeased, LEASE_WAIT_MS } from './leased.ts';
import { createBackoff } from './loading.ts';
import { createReload, type LoadRequest, type ReloadDeps } from './reload.ts';
import type { Mark, Sight } from './sight.ts';
import { isEager, windowAt } from './windows.ts';

export interface GetOrLoadDeps extends Omit<ReloadDeps, 'backoff'> {
  readonly leases: Leases | undefined;
  readonly random: () => number;
}

export type GetOrLoad = <Value>(request: LoadRequest<Value>) => Promise<Value>;

/** Two calls to Redis besides the loader. */
const REDIS_MS = 1_000;

interface Served<Value> {
  readonly value: Value;
  /** It should be refreshed behind, once this flight is over. */
  readonly due?: Sight;
}

export function createGetOrLoad(deps: GetOrLoadDeps): GetOrLoad {
  const { levels, leases, clock, random, onEvent, background } = deps;
  const leased = leases && createLeased({ leases, random, onEvent });
  const flights = createSingleFlight();
  const marks = new Map<string, Mark>();
  const backoff = createBackoff(clock);
  const reload = createReload({ ...deps, backoff });

  function hit<Value>(
    { key }: LoadRequest<Value>,
    held: HeldValue,
    level: Sight['level'],
    stale: boolean,
  ): Value {
    onEvent({ kind: 'hit', key, level, stale });
    return openValue(held) as Value;
  }

  /** One flight a key; who comes after a purge, or after the key was set, does not follow what began before. */
  async function fly<Value>(
    request: LoadRequest<Value>,
    work: (mark: Mark) => Promise<Served<Value>>,
  ): Promise<Served<Value>> {
    const { key, options } = request;
    const { hardTimeoutMs, lease, followMs = hardTimeoutMs + REDIS_MS } = options;
    const underWay = flights.has(key) ? marks.get(key) : undefined;
    const mayFollow = !underWay || (await levels.isUnchanged(key, underWay, givenTags(options)));
    if (!mayFollow && marks.get(key) === underWay) flights.abandon(key);
    const patienceMs = followMs + (lease ? (lease.waitMs ?? LEASE_WAIT_MS) : 0);
    return flights.run(key, () => takeOff(key, work), patienceMs);
  }

  async function takeOff<Result>(key: string, work: (mark: Mark) => Promise<Result>): Promise<Result> {
    const mark = levels.mark();
    marks.set(key, mark);
    try {
      return await work(mark);
    } finally {
      if (marks.get(key) === mark) marks.delete(key);
    }
  }

  /** Behind a hit: nobody waits for it, and its failure was told. */
  function refresh<Value>(request: LoadRequest<Value>, sight: Sight): void {
    const { key } = request;
    if (flights.has(key) || backoff.isOn(key)) return;
    background(fly(request, mark => renew(request, sight, mark)).catch(() => {}));
  }

  /** Another process may have loaded it meanwhile, and has told Redis. */
  async function renew<Value>(request: LoadRequest<Value>, sight: Sight, mark: Mark): Promise<Served<Value>> {
    const seen = sight.level === 'L1' ? await levels.lookFar(request.key, givenTags(request.options)) : sight;
    mark.ticket = seen.ticket;
    const isNewer = (seen.held?.freshUntil ?? 0) > (sight.held?.freshUntil ?? 0) && !seen.held?.soft;
    return {
      value: seen.held && isNewer ? (openValue(seen.held) as Value) : await lead(request, seen, true),
    };
  }

  /** What may be given out at once. */
  function serve<Value>(request: LoadRequest<Value>, sight: Sight): Served<Value> | undefined {
    const { held, level } = sight;
    if (held === undefined) return undefined;
    const { ttlMs, eagerRatio } = request.options;
    const now = clock();
    const window = windowAt(held, now);
    const left = window === 'fail-safe' && backoff.isOn(request.key);
    if (window !== 'fresh' && window !== 'stale' && !left) return undefined;
    const isDue = window === 'stale' || isEager(held, ttlMs, eagerRatio, now);
    return { value: hit(request, held, level, window !== 'fresh'), ...(isDue && { due: sight }) };
  }

  async function settle<Value>(request: LoadRequest<Value>, mark: Mark): Promise<Served<Value>> {
    const { key, options } = request;
    const near = await levels.look(key, givenTags(options));
    const isOld = near.level === 'L1' && near.held && windowAt(near.held, clock()) === 'fail-safe';
    const sight = isOld && !backoff.isOn(key) ? await levels.lookFar(key, givenTags(options)) : near;
    mark.ticket = sight.ticket;
    const served = serve(request, sight);
    if (served) return served;
    onEvent({ kind: 'miss', key });
    const old = usable(sight);
    const loading = lead(request, sight, false);
    if (!old) return { value: await loading };
    const loaded = await outwait(loading, options.softTimeoutMs).catch((): typeof GAVE_UP => GAVE_UP);
    if (loaded !== GAVE_UP) return { value: loaded };
    // Purged or set meanwhile, the old value is nobody's any more.
    if (levels.changedSince(sight.position, old)) return { value: await loading };
    background(loading.catch(() => {}));
    return { value: hit(request, old, sight.level, true) };
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

  return async request => {
    const held = levels.peek(request.key);
    const sight = { held, level: 'L1', ticket: held?.ticket, position: levels.position() } as const;
    const served = serve(request, sight) ?? (await fly(request, mark => settle(request, mark)));
    if (served.due) refresh(request, served.due);
    return served.value;
  };
}

function givenTags<Value>({ tags }: LoadOptions<Value>): readonly string[] | undefined {
  return typeof tags === 'function' ? undefined : (tags ?? []);
}
