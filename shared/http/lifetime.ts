/**
 * How long a response is fresh, and which rule says so.
 *
 * Units   seconds
 * Errors  none (total); never negative
 * Source  RFC 9111 §4.2.1, §4.2.2, §5.3; RFC 9213 §2.2
 */
import { type Fields, fieldValue } from './fields.ts';
import { parseHttpDate } from './http-date.ts';
import type { CachePolicy } from './policy.ts';
import { isHeuristicallyCacheable } from './status.ts';
import { selectDirectives } from './targeted.ts';

export interface Lifetime {
  readonly lifetimeSeconds: number;
  readonly source: 'route' | 's-maxage' | 'max-age' | 'expires' | 'heuristic' | 'none';
}

export interface LifetimeInput {
  readonly status: number;
  readonly fields: Fields;
  readonly policy: CachePolicy;
  /** When the response was received. */
  readonly now: number;
}

export function computeLifetime(input: LifetimeInput): Lifetime {
  const ofError = input.policy.errorTtlSeconds?.[input.status];
  if (ofError !== undefined) return { lifetimeSeconds: ofError, source: 'route' };
  const lifetime = routeLifetime(input) ?? explicitLifetime(input) ?? heuristicLifetime(input);
  if (input.status < 400) return lifetime;
  return {
    ...lifetime,
    lifetimeSeconds: Math.min(lifetime.lifetimeSeconds, input.policy.errorTtlMaxSeconds),
  };
}

/** A route's lifetime is meant for its pages: errors and temporary redirects keep what the origin says. */
function routeLifetime({ status, policy }: LifetimeInput): Lifetime | undefined {
  if (policy.ttlSeconds === undefined || status >= 400 || !isHeuristicallyCacheable(status)) return undefined;
  return { lifetimeSeconds: policy.ttlSeconds, source: 'route' };
}

/** §4.2.1, for a shared cache. */
function explicitLifetime({ fields, now }: LifetimeInput): Lifetime | undefined {
  const { directives, targeted } = selectDirectives(fields);
  const { sMaxage, maxAge } = directives;
  if (sMaxage !== undefined) return { lifetimeSeconds: sMaxage, source: 's-maxage' };
  if (maxAge !== undefined) return { lifetimeSeconds: maxAge, source: 'max-age' };
  const expires = fieldValue(fields, 'expires');
  if (expires === undefined || targeted) return undefined;
  return { lifetimeSeconds: secondsUntilExpiry(expires, dateOf(fields, now), now), source: 'expires' };
}

/** An invalid Expires, "0" above all, lies in the past (§5.3); so do two of them, which join to something invalid. */
function secondsUntilExpiry(expires: string, date: number, now: number): number {
  const expiresAt = parseHttpDate(expires, now) ?? date;
  return Math.max(0, (expiresAt - date) / 1000);
}

/** §4.2.2. */
function heuristicLifetime({ status, fields, policy, now }: LifetimeInput): Lifetime {
  const allowed = isHeuristicallyCacheable(status) || selectDirectives(fields).directives.public;
  if (!allowed || (status >= 400 && !policy.heuristicErrors)) return { lifetimeSeconds: 0, source: 'none' };
  const date = dateOf(fields, now);
  const modifiedAt = parseHttpDate(fieldValue(fields, 'last-modified') ?? '', now) ?? date;
  const share = Math.max(0, Math.floor(((date - modifiedAt) / 1000) * policy.heuristicRatio));
  return { lifetimeSeconds: Math.min(share, policy.heuristicMaxSeconds), source: 'heuristic' };
}

/** A missing or invalid Date is the time of receipt (RFC 9110 §6.6.1). */
function dateOf(fields: Fields, receivedAt: number): number {
  return parseHttpDate(fieldValue(fields, 'date') ?? '', receivedAt) ?? receivedAt;
}
