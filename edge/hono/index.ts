/**
 * Headrace as middleware for an application of your own, on Hono: `headrace/hono`. The application's handlers are the origin;
 * the rules, the words and Cache-Status are the proxy's.
 */

export { type CacheMiddlewareOptions, cache } from './cache.ts';
export { type CacheHeaders, type CacheVariables, cacheHeaders, type TellCache } from './cache-headers.ts';
export { compress } from './compress.ts';
export { conditional } from './conditional.ts';
export { createHttpCache, type HttpCacheOptions } from './http-cache.ts';
export { securityHeaders } from './security-headers.ts';
export { analytics, reports, searchResults, shortTerm, userData } from './strategies.ts';
export { timeout } from './timeout.ts';
