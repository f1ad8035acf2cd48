/**
 * What `headrace/cache` offers in every runtime, besides `createCache`, which each runtime wires.
 */

export type { Redis } from '../redis/redis.ts';
export {
  createUpstashRequester,
  type RequesterOptions,
  type UpstashRequester,
} from '../redis/upstash-requester.ts';
export type { ApplicationEvent, ApplicationListener } from './application-events.ts';
export type * from './cache-api.ts';
export { type CacheableOptions, cacheable } from './cacheable.ts';
export { CacheInputError } from './input.ts';
export { combineListeners, createAuditLog, createDebugLog } from './listeners.ts';
export { CacheLoadTimeout } from './loading.ts';
export type { RedisAddress } from './options.ts';
export type { OpenCache, OpenOptions } from './runtime.ts';
export { type CacheStats, type Histogram, percentileMs } from './stats.ts';
export { CacheUnavailable } from './value-removals.ts';
export {
  type BehindOptions,
  createWriteBehind,
  createWriteThrough,
  type Save,
  type Writer,
  type WriterOptions,
} from './write-policy.ts';
