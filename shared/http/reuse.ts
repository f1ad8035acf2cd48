/**
 * Whether a stored response may answer this request now.
 *
 * only-if-cached is a second question, asked where the answer here needs the origin: `mustNotAskOrigin`.
 *
 * Shape   Freshness + request directives -> Reuse
 * Units   instants epoch ms; directives seconds
 * Errors  none (total)
 * Source  RFC 9111 §4, §4.2, §5.2.1; RFC 5861 §3, §4
 */
import { computeAge } from './age.ts';
import { type CacheControl, NO_DIRECTIVES } from './cache-control.ts';
import type { Freshness } from './freshness.ts';
import type { CachePolicy } from './policy.ts';

/** 'unusable': as if nothing were stored. */
export type Reuse = 'fresh' | 'stale-while-revalidate' | 'revalidate' | 'unusable';

export interface ReuseContext {
  readonly policy: CachePolicy;
  readonly now: number;
}

export function decideReuse(stored: Freshness, request: CacheControl, { policy, now }: ReuseContext): Reuse {
  if (now >= stored.deadAt) return 'unusable';
  const directives = obeyed(request, policy);
  if (asksForValidation(stored, directives, now)) return 'revalidate';
  if (now < stored.freshUntil) return 'fresh';
  if (acceptsStale(stored, directives, now)) return 'stale-while-revalidate';
  if (refusesStale(directives)) return 'revalidate';
  return now < stored.staleWhileRevalidateUntil ? 'stale-while-revalidate' : 'revalidate';
}

/** After a server failure or none at all: may the stale response stand in? A client's no-cache says it must not. */
export function mayServeOnError(
  stored: Freshness,
  request: CacheControl,
  { policy, now }: ReuseContext,
): boolean {
  const directives = obeyed(request, policy);
  if (directives.noCache !== false || now >= stored.deadAt) return false;
  if (now < Math.max(stored.freshUntil, stored.staleIfErrorUntil)) return true;
  return !stored.staleForbidden && stalenessSeconds(stored, now) < (directives.staleIfError ?? 0);
}

/** only-if-cached (§5.2.1.7): without a usable stored response the answer is 504. */
export function mustNotAskOrigin(request: CacheControl, policy: CachePolicy): boolean {
  return obeyed(request, policy).onlyIfCached;
}

function obeyed(request: CacheControl, policy: CachePolicy): CacheControl {
  return policy.honourRequestDirectives ? request : NO_DIRECTIVES;
}

/**
 * no-cache (§5.2.1.4), an age over max-age (§5.2.1.1), less left than min-fresh (§5.2.1.3). The age has its fraction
 * here, so nothing stored is young enough for max-age=0, which is what a reload means by it; of what is immutable a reload
 * has nothing to learn (RFC 8246 §2).
 */
function asksForValidation(stored: Freshness, directives: CacheControl, now: number): boolean {
  const { noCache, maxAge, minFresh } = directives;
  if (noCache !== false) return true;
  const settled = stored.immutable === true && now < stored.freshUntil;
  if (maxAge !== undefined && !settled && computeAge(stored, now) >= maxAge) return true;
  return minFresh !== undefined && stored.freshUntil - now < minFresh * 1000;
}

/** max-stale (§5.2.1.2). The client takes it as it is; a refresh behind its back still serves the next one. */
function acceptsStale(stored: Freshness, { maxStale }: CacheControl, now: number): boolean {
  if (maxStale === undefined || stored.staleForbidden) return false;
  return maxStale === 'any' || stalenessSeconds(stored, now) <= maxStale;
}

/** A request with max-age or min-fresh takes nothing stale unless it also says max-stale (§5.2.1.1, §5.2.1.3). */
function refusesStale({ maxAge, minFresh }: CacheControl): boolean {
  return maxAge !== undefined || minFresh !== undefined;
}

function stalenessSeconds(stored: Freshness, now: number): number {
  return Math.max(0, (now - stored.freshUntil) / 1000);
}
