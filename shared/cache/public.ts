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
export { createAuditLog, createDebugLog } from './listeners.ts';
export type { RedisAddress } from './options.ts';
export type { OpenCache, OpenOptions } from './runtime.ts';
