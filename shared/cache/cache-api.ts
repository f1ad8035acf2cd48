/**
 * The public face of the cache: what an application may ask of it.
 *
 * `get` answers the value itself, because nearly every caller wants nothing else; `find` tells a stored `undefined` from a
 * miss. What comes out is the cache's own: JSON values are frozen and shared, anything else is a fresh copy, so that no
 * caller can change what the next one reads.
 *
 * Units   durations end in Ms
 * Errors  CacheInputError, before anything is sent; what a loader throws; CacheUnavailable from what removes (delete, touch,
 *         purgeTags, purgePrefix, clear) when Redis could not be told. Reads and `set` never throw for Redis's sake
 * Cost    each method names its Redis commands and trips; a hit in memory has none within `tagsTtlMs` of the last word from
 *         Redis. With read replicas every stated bound grows by their lag
 */

import type { CacheStats } from './stats.ts';

export interface Cache {
  /** The value, or undefined. One command, one trip when memory lacks it. */
  get<Value>(key: string, options?: ReadOptions): Promise<Value | undefined>;
  /** As `get`, and tells `undefined` that was stored from nothing stored. */
  find<Value>(key: string, options?: ReadOptions): Promise<Found<Value>>;
  has(key: string, options?: ReadOptions): Promise<boolean>;
  /** Only what was found, in the order of the keys. One command for all; one more for tags that were not given. */
  getMany<Value>(keys: readonly string[], options?: ReadOptions): Promise<Map<string, Value>>;
  /**
   * Keeps a value. One trip: a plain SET where the tags' tokens are known within `tagsTtlMs`, else a script that binds to
   * those of now. A set by another instance is seen by this one's memory within `l1.ttlMs`.
   */
  set<Value>(key: string, value: Value, options?: SetOptions<Value>): Promise<SetOutcome>;
  /** One trip, one more where tokens are not known; compressed and binary values take one each. */
  setMany<Value>(
    entries: Iterable<readonly [key: string, value: Value]>,
    options?: SetOptions<Value>,
  ): Promise<void>;
  /** The value, loaded at most once at a time in this process. A miss: two commands, besides the load. */
  getOrLoad<Value>(key: string, load: Loader<Value>, options?: LoadOptions<Value>): Promise<Value>;
  /** One command, one trip. */
  delete(key: string | readonly string[]): Promise<void>;
  /** A new lifetime for what is there; false when there is nothing. A read and a write. */
  touch(key: string, options?: Lifetime & ReadOptions): Promise<boolean>;
  /** Everything that carries one of the tags. One command for any number of tags and of entries. */
  purgeTags(tags: readonly string[], options?: { readonly soft?: boolean }): Promise<void>;
  /** Every key below `a:` or `a:b:`; the prefix ends where a segment does. One command, no scan. */
  purgePrefix(prefix: string): Promise<void>;
  /**
   * Every key that matches, `*` being any text: a walk through Redis, for the purge that no tag was made for. It takes a
   * trip for each 1,000 keys of the database; what is written meanwhile may survive it. Other instances' memories learn of
   * it within `l1.ttlMs`.
   */
  purgePattern(pattern: string, options?: { readonly maxSteps?: number }): Promise<PatternOutcome>;
  /** Everything below this cache's own prefix. One command, no scan. */
  clear(): Promise<void>;
  /** The same cache, whose keys all begin with `name:`, with defaults of its own. Tags are common to all. */
  namespace(name: string, defaults?: LoadOptions<unknown>): Cache;
  /** Loads what is missing, a few at a time; a failure of one is told and hinders no other. */
  warm<Value>(
    items: Iterable<WarmItem<Value>>,
    options?: { readonly concurrency?: number },
  ): Promise<WarmOutcome>;
  /** Asks Redis for a sign of life. One command. */
  health(): Promise<CacheHealth>;
  /** Since the start of this instance. */
  stats(): CacheStats;
  /** Resolves when everything that is under way or held back has been written. Call it before a Lambda is frozen. */
  flush(): Promise<void>;
  /** Flushes and lets go of memory and timers. */
  close(): Promise<void>;
}

export type Found<Value> =
  | { readonly hit: true; readonly value: Value; readonly stale: boolean }
  | { readonly hit: false };

/** Told its deadline by the signal; what it does after that is nobody's. */
export type Loader<Value> = (context: LoadContext) => Promise<Value> | Value;

export interface LoadContext {
  readonly key: string;
  readonly signal: AbortSignal;
}

export type Tags<Value> = readonly string[] | ((value: Value) => readonly string[]);

export interface ReadOptions {
  /** The tags that the value was stored with: their tokens come with the value. Without, one script looks them up. */
  readonly tags?: readonly string[];
}

/** The three windows that follow each other: fresh, stale (served while it is refreshed), fail-safe (served if loading fails). */
export interface Lifetime {
  /** How long it is fresh. @default defaultTtlMs */
  readonly ttlMs?: number;
  /** How much longer it is served while it is refreshed. @default 0 */
  readonly staleMs?: number;
  /** How much longer it is served where the loader fails or takes longer than `softTimeoutMs`. @default 0 */
  readonly failSafeMs?: number;
}

export interface SetOptions<Value> extends Lifetime {
  /** Given, or learned from the value. @default [] */
  readonly tags?: Tags<Value>;
}

export interface LoadOptions<Value> extends SetOptions<Value> {
  /** How long a loaded `null` or `undefined` is fresh. @default ttlMs */
  readonly negativeTtlMs?: number;
  /** From this part of `ttlMs` on a hit begins to refresh; 1 never does. @default 1 */
  readonly eagerRatio?: number;
  /** `ttlMs` is shortened by up to this part, so that what was loaded together does not expire together. @default 0 */
  readonly jitterRatio?: number;
  /** How long the caller waits for the loader while a value in its fail-safe window could be served. @default no limit */
  readonly softTimeoutMs?: number;
  /** How long a loader may take. @default 30000 */
  readonly hardTimeoutMs?: number;
  /**
   * How long a caller follows a load that another one began, before it loads too. In a Worker that other request may have
   * been cancelled, and its load with it: a few seconds are right there. @default hardTimeoutMs + 1000
   */
  readonly followMs?: number;
  /** After a failure the loader is left alone that long wherever an old value can be served; doubles up to 32 times. @default 1000 */
  readonly backoffMs?: number;
  /** One load across all processes. @default no lease */
  readonly lease?: LeaseOptions;
}

export interface LeaseOptions {
  /** After that the holder is taken for dead. @default hardTimeoutMs */
  readonly ttlMs?: number;
  /** How long the others wait for the holder's value before they load too. @default 5000 */
  readonly waitMs?: number;
}

/** `local`: memory has it, Redis could not be told. `refused`: it was purged, set or deleted meanwhile. */
export type SetOutcome = 'stored' | 'local' | 'refused';

export interface PatternOutcome {
  readonly deleted: number;
  /** False when there was more to look at than `maxSteps` (40) allowed. */
  readonly complete: boolean;
}

export interface WarmItem<Value> {
  readonly key: string;
  readonly load: Loader<Value>;
  readonly options?: LoadOptions<Value>;
}

export interface WarmOutcome {
  readonly warmed: number;
  readonly failed: readonly { readonly key: string; readonly error: unknown }[];
}

export interface CacheHealth {
  readonly redis: 'up' | 'down' | 'absent';
  readonly breaker: 'closed' | 'open' | 'half-open';
  /** Of the sign of life; absent without one. */
  readonly latencyMs?: number;
  readonly l1: { readonly entries: number; readonly bytes: number };
}
