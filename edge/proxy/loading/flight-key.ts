/**
 * Which requests may wait for one answer: those that ask for the same variant, as far as its Vary is known, and whose
 * answers are shared or withheld for the same reasons. Someone's credentials or odd headers decide about their like alone.
 *
 * Shape   Loading -> key | undefined when this request asks for itself
 * Errors  none
 * Source  RFC 9111 §4 (collapsed requests), §5.2.1.5
 */

import { variantKey } from '../../../shared/cache/variants.ts';
import type { ForwardReason } from '../../../shared/http/cache-status.ts';
import { countPasses } from '../../../shared/http/cdn-loop.ts';
import { hasField } from '../../../shared/http/fields.ts';
import { type CacheableExchange, fieldsToJudge } from '../exchange.ts';
import type { KnownVary } from './known-vary.ts';
import type { Loading } from './load.ts';

export function flightKey(
  { exchange, reading, reason }: Pick<Loading, 'exchange' | 'reading' | 'reason'>,
  knownVary: KnownVary,
): string | undefined {
  if (!COLLAPSIBLE.has(reason) || asksForItself(exchange)) return undefined;
  const { lookup, near, far } = reading;
  const names = new Set([
    ...near.forks.names,
    ...(far?.forks.names ?? []),
    ...knownVary.of(exchange.key),
    ...exchange.route.key.headers,
  ]);
  return `${variantKey(lookup, [...names].sort())}\n\n${peculiarities(exchange)}`;
}

/** The others were decided on by the request itself. */
const COLLAPSIBLE: ReadonlySet<ForwardReason> = new Set(['uri-miss', 'vary-miss', 'miss', 'stale']);

function asksForItself({ directives, route }: CacheableExchange): boolean {
  return directives.noStore || (route.policy.honourRequestDirectives && directives.noCache !== false);
}

/** A request that comes round in a circle must not wait for itself, so those of another round are not its like. */
function peculiarities(exchange: CacheableExchange): string {
  const fields = fieldsToJudge(exchange);
  const credentials = ['authorization', 'cookie'].filter(name => hasField(fields, name));
  const own = [...credentials, ...exchange.forwarding.unknown].sort().join(',');
  return `${own}\n${countPasses(exchange.fields)}`;
}
