/**
 * Starting points by what is answered, as plain objects: `cache(reports)`, or `cache({ ...reports, ttl: '2h' })`.
 *
 * Units   durations as text with a unit
 */

import type { CacheMiddlewareOptions } from './cache.ts';

/** What many ask for at the same time and nobody misses for a minute. */
export const shortTerm = { ttl: '1m', swr: '5m', sie: '1h' } as const satisfies CacheMiddlewareOptions;

/** Costly to make, and made of what has been. */
export const reports = { ttl: '1h', swr: '1d', sie: '7d' } as const satisfies CacheMiddlewareOptions;

/** Figures that move all the time, looked at by many. */
export const analytics = { ttl: '5m', swr: '15m', sie: '1h' } as const satisfies CacheMiddlewareOptions;

/** One person's: never shared, kept by the browser alone. */
export const userData = { ttl: '1m', private: true } as const satisfies CacheMiddlewareOptions;

/** Fast out of date; parameters that only count clicks are no other search. */
export const searchResults = {
  ttl: '30s',
  swr: '2m',
  key: { query: { drop: ['utm_*', 'fbclid', 'gclid'] } },
} as const satisfies CacheMiddlewareOptions;
