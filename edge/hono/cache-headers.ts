/**
 * Writes Cache-Control for a handler: what it told through `c.var.cache`, else what the route says, and neither where the
 * handler wrote its own.
 *
 * Shape   { ttl: '1m', private: true } -> 'Cache-Control: private, max-age=60'
 * Units   seconds in the field and in what a handler tells, durations as text in options
 * Source  RFC 9111 §5.2.2; RFC 5861
 */

import type { Context, MiddlewareHandler } from 'hono';
import { type Duration, parseDurationMs } from '../../shared/primitives/duration.ts';

export interface CacheHeaders {
  readonly ttl?: Duration;
  /** May be served that much longer while it is refreshed. */
  readonly swr?: Duration;
  /** May be served that much longer when the handler fails. */
  readonly sie?: Duration;
  /** For this client alone: no cache that others share may keep it. @default false */
  readonly private?: boolean;
}

/** What a handler says of the response it is about to give: it wins over all else. */
export type TellCache = (words: { readonly ttlSeconds?: number; readonly private?: boolean }) => void;

export interface CacheVariables {
  readonly Variables: { cache: TellCache };
}

/** Headers alone, for the caches beyond: nothing is kept here. */
export function cacheHeaders(options: CacheHeaders): MiddlewareHandler<CacheVariables> {
  const write = createHeaderWriter(options);
  return async function cacheHeaders(c, next) {
    const told = listen(c);
    await next();
    write(c.res.headers, told());
  };
}

/** Gives the handler its word, and later what it said with it. */
export function listen(c: Context<CacheVariables>): () => Parameters<TellCache>[0] | undefined {
  let told: Parameters<TellCache>[0] | undefined;
  c.set('cache', words => {
    told = { ...told, ...words };
  });
  return () => told;
}

export type WriteHeader = (headers: Headers, told: Parameters<TellCache>[0] | undefined) => void;

export function createHeaderWriter(options: CacheHeaders): WriteHeader {
  const usual = formatCacheControl({
    ...options,
    ttlSeconds: secondsOf(options.ttl),
    swrSeconds: secondsOf(options.swr),
    sieSeconds: secondsOf(options.sie),
  });
  return (headers, told) => {
    const own = headers.has('cache-control') || headers.has('expires');
    if (told) headers.set('cache-control', formatCacheControl({ ...wordsOf(options), ...told }));
    else if (!own && usual !== '') headers.set('cache-control', usual);
  };
}

interface Words {
  readonly private?: boolean;
  readonly ttlSeconds?: number | undefined;
  readonly swrSeconds?: number | undefined;
  readonly sieSeconds?: number | undefined;
}

function wordsOf({ ttl, private: isPrivate = false }: CacheHeaders): Words {
  return { ttlSeconds: secondsOf(ttl), private: isPrivate };
}

function formatCacheControl({ private: isPrivate, ttlSeconds, swrSeconds, sieSeconds }: Words): string {
  const directives = [
    isPrivate && 'private',
    ttlSeconds !== undefined && `max-age=${Math.max(0, Math.trunc(ttlSeconds))}`,
    swrSeconds !== undefined && `stale-while-revalidate=${swrSeconds}`,
    sieSeconds !== undefined && `stale-if-error=${sieSeconds}`,
  ];
  return directives.filter(Boolean).join(', ');
}

function secondsOf(duration: Duration | undefined): number | undefined {
  return duration && Math.trunc((parseDurationMs(duration) ?? 0) / 1000);
}
