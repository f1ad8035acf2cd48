/**
 * Writes that reach a source of truth as well as the cache. Through: the source first, then the cache, and only then the
 * caller goes on. Behind: the cache at once, the source later, many writes of one key as one.
 *
 * What behind may lose: everything since the last flush, if the process ends before it (a Lambda that is frozen, a Worker
 * without `waitUntil`); and what the source refused `attempts` times, which is told as `write-lost`. Nobody waits for it:
 * use it for what can be lost.
 *
 * Units   durations ms
 * Errors  through: what the source throws, and the cache is not touched. Behind: none; `flush` does not throw
 * Cost    one `set` a write; behind: one `save` a batch
 */

import type { ApplicationListener } from './application-events.ts';
import type { Cache, SetOptions } from './cache-api.ts';
import { checkDuration, refuse } from './input.ts';

/** All or nothing: a batch that fails is given again. */
export type Save<Value> = (entries: ReadonlyMap<string, Value>) => Promise<void>;

export interface Writer<Value> {
  write(key: string, value: Value): Promise<void>;
  /** Resolves when nothing is held back any more: saved, or lost and told. */
  flush(): Promise<void>;
}

export interface BehindOptions {
  /** As many keys are saved at once. @default 100 */
  readonly maxEntries?: number;
  /** The oldest write waits no longer. @default 1000 */
  readonly maxAgeMs?: number;
  /** How often a batch is given to the source. @default 3 */
  readonly attempts?: number;
  readonly waitUntil?: (work: Promise<unknown>) => void;
  readonly onEvent?: ApplicationListener;
}

export interface WriterOptions<Value> {
  readonly cache: Cache;
  readonly save: Save<Value>;
  /** For the cache. */
  readonly set?: SetOptions<Value>;
}

export const BEHIND_DEFAULTS = { maxEntries: 100, maxAgeMs: 1_000, attempts: 3 } as const;

export function createWriteThrough<Value>({ cache, save, set }: WriterOptions<Value>): Writer<Value> {
  return {
    async write(key, value) {
      await save(new Map([[key, value]]));
      await cache.set(key, value, set);
    },
    flush: async () => {},
  };
}

export function createWriteBehind<Value>(
  { cache, save, set }: WriterOptions<Value>,
  options: BehindOptions = {},
): Writer<Value> {
  const { maxEntries, maxAgeMs, attempts, waitUntil, onEvent } = resolveBehind(options);
  let held = new Map<string, Value>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Batches follow each other: a key's older value must not overtake its newer one. */
  let last: Promise<void> = Promise.resolve();

  async function deliver(batch: ReadonlyMap<string, Value>): Promise<void> {
    let failure: unknown;
    for (let attempt = 0; attempt < attempts; attempt++) {
      try {
        return await save(batch);
      } catch (error) {
        failure = error;
      }
    }
    for (const key of batch.keys()) onEvent?.({ kind: 'write-lost', key, error: failure });
  }

  function flush(): Promise<void> {
    if (timer !== undefined) clearTimeout(timer);
    timer = undefined;
    if (held.size === 0) return last;
    const batch = held;
    held = new Map();
    last = last.then(() => deliver(batch));
    waitUntil?.(last);
    return last;
  }

  return {
    async write(key, value) {
      await cache.set(key, value, set);
      held.set(key, value);
      if (held.size >= maxEntries) void flush();
      else timer ??= setTimeout(flush, maxAgeMs);
    },
    flush,
  };
}

function resolveBehind(options: BehindOptions) {
  const resolved = { ...BEHIND_DEFAULTS, ...options };
  checkDuration('maxAgeMs', resolved.maxAgeMs);
  for (const name of ['maxEntries', 'attempts'] as const) {
    if (Number.isSafeInteger(resolved[name]) && resolved[name] > 0) continue;
    throw refuse('CACHE_OPTION_INVALID', `${name} must be a whole number above 0, got ${resolved[name]}`);
  }
  return resolved;
}
