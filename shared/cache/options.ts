/**
 * The options of the cache, resolved once at the door: every default has its value, every wrong value is refused by name.
 *
 * Errors  CACHE_OPTION_INVALID, CACHE_DURATION_INVALID
 */

import type { Clock } from '../primitives/clock.ts';
import type { CreateId } from '../primitives/ids.ts';
import type { Redis } from '../redis/redis.ts';
import type { ApplicationListener } from './application-events.ts';
import type { BodyCodec } from './body-codec.ts';
import type { LoadOptions } from './cache-api.ts';
import { checkDuration, refuse } from './input.ts';

export interface RedisAddress {
  readonly url: string;
  readonly token: string;
}

export interface CacheOptions extends Omit<LoadOptions<never>, 'ttlMs' | 'tags'> {
  /** Where it is, or a connection. Absent: memory alone. */
  readonly redis?: RedisAddress | Redis;
  /** `false`: Redis alone. */
  readonly l1?: L1Options | false;
  /** First part of every name in Redis: caches with the same one are one cache. @default 'headrace' */
  readonly keyPrefix?: string;
  /** @default 60000 */
  readonly defaultTtlMs?: number;
  /** How long a purge elsewhere may go unseen; 0 asks each time. Grows by the lag of read replicas. @default 1000 */
  readonly tagsTtlMs?: number;
  /** A tag whose token Redis lost counts as purged. Costs a command for each new tag. @default false */
  readonly strictTags?: boolean;
  /** Time for Redis in each operation, retry included. @default 250 */
  readonly deadlineMs?: number;
  /** Below the request size of the plan. @default 10000000 */
  readonly maxValueBytes?: number;
  /** Values from here on are compressed, where that makes them smaller. @default 1024 */
  readonly compressFromBytes?: number;
  /** Keeps a Worker alive for what goes on after the answer; with it nobody waits for writes to Redis after a load. */
  readonly waitUntil?: (work: Promise<unknown>) => void;
  readonly onEvent?: ApplicationListener;
}

export interface L1Options {
  /** @default 67108864 */
  readonly maxBytes?: number;
  /** @default 10000 */
  readonly maxEntries?: number;
  /** How long a plain set or delete by another instance may go unseen. @default 5000 */
  readonly ttlMs?: number;
}

/** What the runtime gives: an adapter fills it in, so that applications need not. */
export interface CacheRuntime {
  readonly connect: (address: RedisAddress, options: { readonly deadlineMs: number }) => Redis;
  /** The first one compresses, all of them decompress. @default none */
  readonly codecs?: readonly BodyCodec[];
  readonly clock: Clock;
  /** From 0 to below 1. */
  readonly random: () => number;
  readonly createId: CreateId;
}

export const CACHE_DEFAULTS = {
  keyPrefix: 'headrace',
  defaultTtlMs: 60_000,
  tagsTtlMs: 1_000,
  strictTags: false,
  deadlineMs: 250,
  maxValueBytes: 10_000_000,
  compressFromBytes: 1_024,
} as const satisfies CacheOptions;

export const L1_DEFAULTS = {
  maxBytes: 64 * 1024 * 1024,
  maxEntries: 10_000,
  ttlMs: 5_000,
} as const satisfies L1Options;

export const LOAD_DEFAULTS = {
  staleMs: 0,
  failSafeMs: 0,
  eagerRatio: 1,
  jitterRatio: 0,
  softTimeoutMs: Number.POSITIVE_INFINITY,
  hardTimeoutMs: 30_000,
  backoffMs: 1_000,
} as const;

export type ResolvedOptions = ReturnType<typeof resolveOptions>;

export function resolveOptions(options: CacheOptions) {
  const given = withoutUndefined(options);
  const resolved = { ...CACHE_DEFAULTS, ...given };
  const l1 = options.l1 === false ? undefined : { ...L1_DEFAULTS, ...withoutUndefined(options.l1 ?? {}) };
  for (const name of ['defaultTtlMs', 'tagsTtlMs', 'deadlineMs'] as const)
    checkDuration(name, resolved[name]);
  if (resolved.deadlineMs === 0) throw refuse('CACHE_OPTION_INVALID', 'deadlineMs must be above 0, got 0');
  for (const name of ['maxValueBytes', 'compressFromBytes'] as const) checkCount(name, resolved[name]);
  checkPrefix(resolved.keyPrefix);
  if (l1) checkL1(l1);
  if (!l1 && !resolved.redis) throw refuse('CACHE_OPTION_INVALID', 'a cache needs redis or l1, got neither');
  checkLoadOptions(options);
  return { ...resolved, l1, load: resolveLoad(options, { ...LOAD_DEFAULTS, ttlMs: resolved.defaultTtlMs }) };
}

/** What a call or a namespace says stands before what it inherits. */
export function resolveLoad<Value, Base extends LoadOptions<Value>>(options: LoadOptions<Value>, base: Base) {
  return { ...base, ...withoutUndefined(options) };
}

const DURATIONS = [
  'ttlMs',
  'staleMs',
  'failSafeMs',
  'negativeTtlMs',
  'hardTimeoutMs',
  'followMs',
  'backoffMs',
] as const;

export function checkLoadOptions<Value>(options: LoadOptions<Value>): void {
  for (const name of DURATIONS) checkDuration(name, options[name]);
  checkDuration('lease.ttlMs', options.lease?.ttlMs);
  checkDuration('lease.waitMs', options.lease?.waitMs);
  if (options.softTimeoutMs !== Number.POSITIVE_INFINITY)
    checkDuration('softTimeoutMs', options.softTimeoutMs);
  for (const name of ['eagerRatio', 'jitterRatio'] as const) checkRatio(name, options[name]);
}

function checkL1({ maxBytes, maxEntries, ttlMs }: Required<L1Options>): void {
  checkCount('l1.maxBytes', maxBytes);
  checkCount('l1.maxEntries', maxEntries);
  checkDuration('l1.ttlMs', ttlMs);
}

function checkCount(name: string, value: number): void {
  if (Number.isSafeInteger(value) && value > 0) return;
  throw refuse('CACHE_OPTION_INVALID', `${name} must be a whole number above 0, got ${value}`);
}

function checkRatio(name: string, value: number | undefined): void {
  if (value === undefined || (value >= 0 && value <= 1)) return;
  throw refuse('CACHE_OPTION_INVALID', `${name} must be from 0 to 1, got ${value}`);
}

function checkPrefix(keyPrefix: string): void {
  if (/^[\w.:-]{1,64}$/.test(keyPrefix)) return;
  const shown = JSON.stringify(keyPrefix);
  throw refuse(
    'CACHE_OPTION_INVALID',
    `keyPrefix has 1 to 64 letters, digits or any of "_.:-", got ${shown}`,
  );
}

function withoutUndefined<Options extends object>(options: Options): Options {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Options;
}
