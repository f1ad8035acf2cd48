/**
 * One run of a loader: held to its hard timeout, timed, told to the listener; and how long it is left alone after failures.
 *
 * Units   durations ms, instants epoch ms
 * Errors  CacheLoadTimeout; whatever the loader throws, as it is
 */

import type { Clock } from '../primitives/clock.ts';
import { GAVE_UP, outwait } from '../primitives/single-flight.ts';
import type { Loader } from './cache-api.ts';

export class CacheLoadTimeout extends Error {
  override readonly name = 'CacheLoadTimeout';
  readonly code = 'CACHE_LOAD_TIMEOUT';
}

/** The loader's value; after `hardTimeoutMs` its signal fires and nobody waits for it any more. */
export async function runLoader<Value>(
  key: string,
  load: Loader<Value>,
  hardTimeoutMs: number,
): Promise<Value> {
  const controller = new AbortController();
  const loading = (async () => load({ key, signal: controller.signal }))();
  const loaded = await outwait(loading, hardTimeoutMs);
  if (loaded !== GAVE_UP) return loaded;
  const timeout = new CacheLoadTimeout(
    `the loader of ${key.slice(0, 80)} took longer than ${hardTimeoutMs} ms`,
  );
  controller.abort(timeout);
  throw timeout;
}

export interface Backoff {
  /** True while the loader is left alone. */
  isOn(key: string): boolean;
  failed(key: string, backoffMs: number): void;
  succeeded(key: string): void;
}

const MOST_KEYS = 10_000;
const MOST_DOUBLINGS = 5;

/** Only where an old value can be served meanwhile; without one every caller may try. */
export function createBackoff(clock: Clock): Backoff {
  const failures = new Map<string, { readonly times: number; readonly until: number }>();
  return {
    isOn: key => (failures.get(key)?.until ?? 0) > clock(),
    failed(key, backoffMs) {
      const times = failures.get(key)?.times ?? 0;
      if (failures.size >= MOST_KEYS) failures.clear();
      const until = clock() + backoffMs * 2 ** Math.min(times, MOST_DOUBLINGS);
      failures.set(key, { times: times + 1, until });
    },
    succeeded: key => void failures.delete(key),
  };
}
