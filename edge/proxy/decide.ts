/**
 * What to do with a request, given what the cache holds for it.
 *
 * Shape   exchange + reading + now -> Decision
 * Errors  none (total)
 * Source  RFC 9111 §4
 */

import type { CacheReading } from '../../shared/cache/levels.ts';
import type { ForwardReason } from '../../shared/http/cache-status.ts';
import { asksForPart } from '../../shared/http/range.ts';
import { decideReuse, mustNotAskOrigin } from '../../shared/http/reuse.ts';
import { whyNotShared } from '../../shared/http/storable.ts';
import { type CacheableExchange, fieldsToJudge } from './exchange.ts';
import type { PassReason } from './receive.ts';
import { freshnessOf, type Stored, type StoredEntry } from './stored.ts';

export type Decision =
  | { readonly kind: 'hit'; readonly entry: StoredEntry; readonly level: 'L1' | 'L2' }
  /** Deliver the stale one now, refresh it behind the client's back. */
  | { readonly kind: 'stale'; readonly entry: StoredEntry; readonly level: 'L1' | 'L2' }
  | { readonly kind: 'revalidate'; readonly entry: StoredEntry; readonly reason: ForwardReason }
  | { readonly kind: 'fetch'; readonly reason: ForwardReason; readonly detail?: string }
  /** A part of what is not stored: the whole of a large file is not fetched for a few of its bytes. */
  | { readonly kind: 'pass'; readonly why: PassReason }
  /** only-if-cached, and the cache has nothing to offer. */
  | { readonly kind: 'unavailable' };

export function decide(exchange: CacheableExchange, reading: CacheReading<Stored>, now: number): Decision {
  const decision = decideUnrestricted(exchange, reading, now);
  const asksOrigin = decision.kind === 'fetch' || decision.kind === 'revalidate';
  if (asksOrigin && mustNotAskOrigin(exchange.directives, exchange.route.policy))
    return { kind: 'unavailable' };
  if (decision.kind === 'fetch' && isForPart(exchange))
    return { kind: 'pass', why: { forwarded: 'bypass', detail: 'range' } };
  return decision;
}

export function isForPart({ method, fields }: CacheableExchange): boolean {
  return asksForPart({ method, requestFields: fields });
}

function decideUnrestricted(
  exchange: CacheableExchange,
  { found, near, far }: CacheReading<Stored>,
  now: number,
): Decision {
  if (!found) {
    const varies = near.forks.names.length > 0 || (far?.forks.names.length ?? 0) > 0;
    return { kind: 'fetch', reason: varies ? 'vary-miss' : 'uri-miss' };
  }
  const { entry, level } = found;
  const unshared = whyNotShared(sharingOf(exchange, entry));
  if (unshared) return { kind: 'fetch', reason: 'bypass', detail: unshared };
  if (isTransformed(entry) && exchange.directives.noTransform)
    return { kind: 'fetch', reason: 'bypass', detail: 'no-transform' };
  const freshness = freshnessOf(entry, now);
  const reuse = decideReuse(freshness, exchange.directives, { policy: exchange.route.policy, now });
  if (reuse === 'fresh') return { kind: 'hit', entry, level };
  if (reuse === 'stale-while-revalidate') return { kind: 'stale', entry, level };
  if (reuse === 'unusable') return { kind: 'fetch', reason: 'uri-miss' };
  return { kind: 'revalidate', entry, reason: now < freshness.freshUntil ? 'request' : 'stale' };
}

/** The client asked for the origin's own bytes (RFC 9111 §5.2.1.6). */
function isTransformed({ meta: { coding = 'identity' } }: StoredEntry): boolean {
  return coding !== 'identity';
}

/** The rule that keeps one user's answer from others also keeps everyone's answer from one who may be owed another. */
function sharingOf(exchange: CacheableExchange, entry: StoredEntry) {
  return {
    requestFields: fieldsToJudge(exchange),
    responseFields: entry.meta.fields,
    policy: exchange.route.policy,
    unnamedHeaders: exchange.forwarding.unknown,
  };
}
