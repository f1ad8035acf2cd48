/**
 * Turns what was chosen into the client's response: Age, Cache-Status, 304 where the client's copy still stands, HEAD.
 *
 * Errors  none
 * Cost    no round trip
 * Source  RFC 9110 §9.3.2, §15.4.5; RFC 9111 §4, §5.1; RFC 9211
 */

import { currentAgeSeconds } from '../../shared/http/age.ts';
import { appendCacheStatus, type CacheStatus } from '../../shared/http/cache-status.ts';
import { CACHE_TAG_FIELDS } from '../../shared/http/cache-tags.ts';
import { evaluateConditions, notModifiedFields } from '../../shared/http/conditional.ts';
import { type Fields, withFields, withoutFields } from '../../shared/http/fields.ts';
import { encodedResponse, type ResponseBody } from '../adapters/encoded-response.ts';
import type { Exchange } from './exchange.ts';
import type { StoredEntry } from './stored.ts';

export interface Delivery {
  readonly status: number;
  readonly fields: Fields;
  readonly receivedAt: number;
  readonly body: ResponseBody;
}

/** A response from the cache. */
export function deliverStored(
  exchange: Exchange,
  entry: StoredEntry,
  status: CacheStatus,
  now: number,
): Response {
  const { freshness, fields, status: code } = entry.meta;
  const aged = withFields(fields, [['age', String(currentAgeSeconds(freshness, now))]]);
  return deliver(
    exchange,
    { status: code, fields: aged, receivedAt: freshness.receivedAt, body: entry.body },
    status,
  );
}

export function deliver(exchange: Exchange, delivery: Delivery, status: CacheStatus): Response {
  const { method, fields: requestFields } = exchange;
  const fields = appendCacheStatus(withoutFields(delivery.fields, CACHE_TAG_FIELDS), status);
  if (evaluateConditions(method, requestFields, delivery) === 'not-modified') {
    discard(delivery.body);
    return encodedResponse(304, notModifiedFields(fields), null);
  }
  const bodiless = method === 'HEAD' || NULL_BODY_STATUSES.has(delivery.status);
  if (bodiless) discard(delivery.body);
  return encodedResponse(delivery.status, fields, bodiless ? null : delivery.body);
}

const NULL_BODY_STATUSES = new Set([204, 205, 304]);

/** A body that nobody reads would keep its connection to the origin. */
function discard(body: ResponseBody): void {
  if (body instanceof ReadableStream) body.cancel().catch(() => undefined);
}
