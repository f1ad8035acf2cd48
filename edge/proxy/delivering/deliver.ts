/**
 * Turns what was chosen into the client's response: Age, Cache-Status, 304 where the client's copy still stands, ranges,
 * HEAD.
 *
 * Errors  none
 * Cost    no round trip
 * Source  RFC 9110 §9.3.2, §15.4.5; RFC 9111 §4, §5.1; RFC 9211
 */

import { currentAgeSeconds } from '../../../shared/http/age.ts';
import { appendCacheStatus, type CacheStatus, formatCacheStatus } from '../../../shared/http/cache-status.ts';
import { CACHE_TAG_FIELDS } from '../../../shared/http/cache-tags.ts';
import { evaluateConditions, notModifiedFields } from '../../../shared/http/conditional.ts';
import {
  declaredLength,
  type Fields,
  hasField,
  withFields,
  withoutFields,
} from '../../../shared/http/fields.ts';
import { encodedResponse, headersOf } from '../../adapters/encoded-response.ts';
import { noteAnswer } from '../account.ts';
import type { Exchange } from '../exchange.ts';
import type { StoredEntry } from '../stored.ts';
import { cutRange, letGo } from './cut-range.ts';
import type { Delivery } from './delivery.ts';
import { createPreparedHeaders } from './prepared-headers.ts';
import { tellTags } from './tell-tags.ts';

/** A response from the cache. */
export function deliverStored(
  exchange: Exchange,
  entry: StoredEntry,
  status: CacheStatus,
  now: number,
): Response {
  const { meta, body } = entry;
  const { freshness, status: code } = meta;
  const age = String(currentAgeSeconds(freshness, now));
  const fields = () => withFields(meta.fields, [['age', age]]);
  if (!asksForWhole(exchange) || NULL_BODY_STATUSES.has(code))
    return deliver(
      exchange,
      { status: code, fields: fields(), receivedAt: freshness.receivedAt, body },
      status,
    );
  noteAnswer(exchange.account, status, body.byteLength);
  const make = () => headersOf(told(fields(), status, exchange));
  return encodedResponse(code, preparedHeaders(meta, `${age} ${formatCacheStatus(status)}`, make), body);
}

const preparedHeaders = createPreparedHeaders();

/** Nothing in the request changes what is stored: so the headers of the last one who asked are this one's too. */
function asksForWhole({ method, fields }: Exchange): boolean {
  return method === 'GET' && !fields.some(([name]) => CHANGING.has(name));
}

const CHANGING: ReadonlySet<string> = new Set(['if-none-match', 'if-modified-since', 'range']);

export function deliver(exchange: Exchange, delivery: Delivery, status: CacheStatus): Response {
  const { method, fields: requestFields, account } = exchange;
  if (evaluateConditions(method, requestFields, delivery) === 'not-modified') {
    letGo(delivery.body);
    noteAnswer(account, status, 0);
    return encodedResponse(304, notModifiedFields(told(delivery.fields, status, exchange)), null);
  }
  const answer = hasField(requestFields, 'range') ? cutRange(exchange, delivery) : delivery;
  const bodiless = method === 'HEAD' || NULL_BODY_STATUSES.has(answer.status);
  if (bodiless) letGo(answer.body);
  noteAnswer(account, status, bodiless ? 0 : bytesOf(answer));
  return encodedResponse(answer.status, told(answer.fields, status, exchange), bodiless ? null : answer.body);
}

function bytesOf({ body, fields }: Pick<Delivery, 'body' | 'fields'>): number | undefined {
  return body instanceof Uint8Array ? body.byteLength : declaredLength(fields);
}

function told(fields: Fields, status: CacheStatus, exchange: Exchange): Fields {
  const plain = appendCacheStatus(withoutFields(fields, CACHE_TAG_FIELDS), status);
  return tellTags(plain, fields, exchange);
}

const NULL_BODY_STATUSES = new Set([204, 205, 304]);
