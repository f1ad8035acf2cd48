/**
 * The instants that decide everything later: until when a stored response is fresh, may be served stale, is of any use.
 *
 * Shape   response + policy -> Freshness, plain data that is stored beside the body
 * Units   instants epoch ms; lifetimes and ages seconds
 * Errors  none (total)
 * Source  RFC 9111 §4.2, §4.2.4, §5.2.2; RFC 5861 §3, §4; RFC 8246 §2
 */
import { computeInitialAge } from './age.ts';
import type { CacheControl } from './cache-control.ts';
import { hasValidator } from './conditional.ts';
import type { Fields } from './fields.ts';
import { computeLifetime, type Lifetime } from './lifetime.ts';
import type { CachePolicy } from './policy.ts';
import { isServerFailure } from './status.ts';
import { selectDirectives } from './targeted.ts';

export interface Windows {
  /** Fresh before this instant (§4.2: lifetime > age). Never fresh under no-cache. */
  readonly freshUntil: number;
  readonly staleWhileRevalidateUntil: number;
  readonly staleIfErrorUntil: number;
  /** No rule can use the response at or after this instant. */
  readonly deadAt: number;
}

export interface Freshness extends Windows, Lifetime {
  readonly receivedAt: number;
  readonly initialAgeSeconds: number;
  /** The response forbids stale, so a request's max-stale or stale-if-error cannot ask for it (§4.2.4). */
  readonly staleForbidden: boolean;
  /** It does not change while it is fresh, so a mere reload need not ask (RFC 8246 §2). */
  readonly immutable?: true;
}

export interface FreshnessInput {
  readonly status: number;
  readonly fields: Fields;
  readonly policy: CachePolicy;
  readonly requestedAt: number;
  readonly receivedAt: number;
}

export function computeFreshness(input: FreshnessInput): Freshness {
  const { fields, policy, receivedAt } = input;
  const cacheControl = selectDirectives(fields).directives;
  const lifetime = computeLifetime({ ...input, now: receivedAt });
  const initialAgeSeconds = computeInitialAge(input);
  const revalidatable = hasValidator(fields);
  const windows = computeWindows({
    lifetime,
    initialAgeSeconds,
    receivedAt,
    cacheControl,
    policy: input.status < 400 ? policy : withoutStaleErrors(input),
    revalidatable,
  });
  return {
    ...lifetime,
    ...windows,
    receivedAt,
    initialAgeSeconds,
    staleForbidden: forbidsStale(cacheControl),
    ...(cacheControl.immutable && { immutable: true }),
  };
}

/**
 * An error provoked once must not outlive its bound by being served stale (CPDoS). And where errors are stored for as long as
 * they say, a failure of the past is no better than the one of now.
 */
function withoutStaleErrors({ status, policy }: FreshnessInput): CachePolicy {
  if (policy.errorTtlMaxSeconds !== Number.POSITIVE_INFINITY) return { ...policy, stale: 'never' };
  return isServerFailure(status) ? { ...policy, staleIfErrorSeconds: 0 } : policy;
}

export interface WindowsInput {
  readonly lifetime: Lifetime;
  readonly initialAgeSeconds: number;
  readonly receivedAt: number;
  readonly cacheControl: CacheControl;
  readonly policy: CachePolicy;
  /** Whether the response has a validator, so that it is worth keeping when stale. */
  readonly revalidatable: boolean;
}

export function computeWindows(input: WindowsInput): Windows {
  const { cacheControl, policy, receivedAt } = input;
  const expiresAt = expiryOf(input);
  const staleFrom = cacheControl.noCache === true ? Math.min(expiresAt, receivedAt) : expiresAt;
  const staleSeconds = staleSecondsOf(cacheControl, policy);
  const staleWhileRevalidateUntil = staleFrom + staleSeconds.whileRevalidate * 1000;
  const staleIfErrorUntil = staleFrom + staleSeconds.ifError * 1000;
  const keptUntil = Math.max(expiresAt, receivedAt) + (input.revalidatable ? policy.keepSeconds * 1000 : 0);
  return {
    freshUntil: staleFrom,
    staleWhileRevalidateUntil,
    staleIfErrorUntil,
    deadAt: Math.max(staleWhileRevalidateUntil, staleIfErrorUntil, keptUntil),
  };
}

/** A route's lifetime counts from receipt: the operator says "this long here", whatever a cache before us did. */
function expiryOf({ lifetime, initialAgeSeconds, receivedAt }: WindowsInput): number {
  const ageSeconds = lifetime.source === 'route' ? 0 : initialAgeSeconds;
  return receivedAt + (lifetime.lifetimeSeconds - ageSeconds) * 1000;
}

/** Both count from expiry (RFC 5861 §3, §4). no-cache always wins; the other bans yield where the policy says so. */
function staleSecondsOf(
  cacheControl: CacheControl,
  policy: CachePolicy,
): { whileRevalidate: number; ifError: number } {
  const forbidden = forbidsStale(cacheControl);
  const banned = cacheControl.noCache === true || policy.stale === 'never';
  if (banned || (forbidden && !policy.staleDirectivesWin)) return { whileRevalidate: 0, ifError: 0 };
  const { staleWhileRevalidate, staleIfError } = cacheControl;
  return {
    whileRevalidate: staleWhileRevalidate ?? (forbidden ? 0 : policy.staleWhileRevalidateSeconds),
    ifError: staleIfError ?? (forbidden ? 0 : policy.staleIfErrorSeconds),
  };
}

/** §4.2.4; s-maxage carries the meaning of proxy-revalidate (§5.2.2.10). */
function forbidsStale(cacheControl: CacheControl): boolean {
  const { noCache, mustRevalidate, proxyRevalidate, sMaxage } = cacheControl;
  return noCache === true || mustRevalidate || proxyRevalidate || sMaxage !== undefined;
}
