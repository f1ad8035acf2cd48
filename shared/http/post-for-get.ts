/**
 * Whether the answer to a POST may be stored to answer a later GET of the same URL.
 *
 * The origin has to say both that it is a representation of the target and how long it is fresh; the rest is asked as for
 * a GET (`decideStorable`). Another POST is never answered from the cache.
 *
 * Errors  none (total)
 * Source  RFC 9110 §8.7, §9.3.3
 */
import { fieldValue } from './fields.ts';
import type { AnsweredRequest } from './invalidation.ts';
import type { Lifetime } from './lifetime.ts';
import { sameOriginUrl } from './same-origin.ts';

export interface PostAnswer extends AnsweredRequest {
  /** What `computeLifetime` says of the answer. */
  readonly lifetime: Lifetime;
}

export function mayAnswerGet(answer: PostAnswer): boolean {
  const { method, status, lifetime } = answer;
  if (method !== 'POST' || status !== 200) return false;
  return EXPLICIT.has(lifetime.source) && lifetime.lifetimeSeconds > 0 && isTarget(answer);
}

/** A route's own lifetime does not count: the origin has to want it. */
const EXPLICIT = new Set<Lifetime['source']>(['s-maxage', 'max-age', 'expires']);

function isTarget(answer: PostAnswer): boolean {
  const reference = fieldValue(answer.fields, 'content-location');
  return reference !== undefined && sameOriginUrl(reference, answer) === sameOriginUrl('', answer);
}
