/**
 * Whether a response is worth storing: something must allow it, and some later request must have a use for it.
 *
 * Errors  none (total)
 * Source  RFC 9111 §3, §4.2
 */
import type { CacheControl } from './cache-control.ts';
import { hasValidator } from './conditional.ts';
import type { Fields } from './fields.ts';
import { computeFreshness } from './freshness.ts';
import type { CachePolicy } from './policy.ts';
import { selectDirectives } from './targeted.ts';

/**
 * no-freshness  nothing says how long, and nothing can be asked later
 * expired       already stale on arrival, and nothing can be asked later
 */
export type Worthless = 'no-freshness' | 'expired';

export interface WorthInput {
  readonly status: number;
  readonly fields: Fields;
  readonly policy: CachePolicy;
  readonly receivedAt: number;
}

export function whyWorthless(input: WorthInput): Worthless | undefined {
  const { fields, receivedAt } = input;
  const freshness = computeFreshness({ ...input, requestedAt: receivedAt });
  if (freshness.source === 'none') return 'no-freshness';
  if (receivedAt < freshness.freshUntil || hasValidator(fields)) return undefined;
  const usableUntil = Math.max(freshness.staleWhileRevalidateUntil, freshness.staleIfErrorUntil);
  if (asksForStale(selectDirectives(fields).directives) && receivedAt < usableUntil) return undefined;
  return freshness.source === 'heuristic' ? 'no-freshness' : 'expired';
}

/** An expired response that cannot be validated is kept only at its own wish, not for a default of the policy. */
function asksForStale({ staleWhileRevalidate = 0, staleIfError = 0 }: CacheControl): boolean {
  return staleWhileRevalidate > 0 || staleIfError > 0;
}
