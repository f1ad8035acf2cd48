/**
 * Runs a loader and keeps what it gives, unless something happened to the key or its tags meanwhile.
 *
 * Errors  what the loader throws; a value that cannot be stored at all is an error too, one that is too large is only told
 * Cost    one command to keep a value, one more where its tags were not known before
 */

import type { Clock } from '../primitives/clock.ts';
import type { ApplicationListener } from './application-events.ts';
import type { Loader } from './cache-api.ts';
import { CacheInputError } from './input.ts';
import { type Backoff, runLoader } from './loading.ts';
import type { Sight } from './sight.ts';
import type { PlanStored, ResolvedLoad } from './store-request.ts';
import type { StoredValue } from './value-frame.ts';
import type { ValueLevels } from './value-levels.ts';
import { windowAt } from './windows.ts';

export interface LoadRequest<Value> {
  readonly key: string;
  readonly load: Loader<Value>;
  readonly options: ResolvedLoad<Value>;
}

export interface ReloadDeps {
  readonly levels: ValueLevels;
  readonly backoff: Backoff;
  readonly clock: Clock;
  readonly onEvent: ApplicationListener;
  readonly planStored: PlanStored;
  /** Work that goes on after the caller has his answer. */
  readonly background: (work: Promise<unknown>) => void;
  /** Whether the caller need not wait for what Redis is told after a load. */
  readonly writesBehind: boolean;
}

export interface Run {
  readonly isBackground: boolean;
  /** It holds the lease. */
  readonly isHolder?: boolean;
}

export function createReload({ levels, backoff, clock, onEvent, ...deps }: ReloadDeps) {
  async function reload<Value>(request: LoadRequest<Value>, sight: Sight, run: Run): Promise<Value> {
    const { key, load, options } = request;
    const startedAt = clock();
    const value = await runLoader(key, load, options.hardTimeoutMs).catch(error => {
      backoff.failed(key, options.backoffMs);
      const served = sight.held !== undefined && windowAt(sight.held, clock()) !== 'dead';
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
    if (deps.writesBehind && !isHolder) deps.background(kept);
    else await kept;
    return levels.open(stored) as Value;
  }

  function storable<Value>(request: LoadRequest<Value>, value: Value): StoredValue | undefined {
    try {
      return deps.planStored(request, value);
    } catch (error) {
      if (!(error instanceof CacheInputError) || error.code !== 'CACHE_VALUE_TOO_LARGE') throw error;
      onEvent({ kind: 'not-kept', key: request.key, error });
      return undefined;
    }
  }

  return reload;
}
