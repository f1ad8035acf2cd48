/**
 * Cuts what the client's Range asks for out of a whole response: of stored bytes any ranges, of a body on its way one.
 *
 * Errors  none
 * Source  RFC 9110 §14.2
 */

import { declaredLength } from '../../../shared/http/fields.ts';
import { type ByteRange, decideRange } from '../../../shared/http/range.ts';
import { partFields, respondToRange, unsatisfiableFields } from '../../../shared/http/range-response.ts';
import { randomId } from '../../../shared/primitives/ids.ts';
import type { ResponseBody } from '../../adapters/encoded-response.ts';
import type { Exchange } from '../exchange.ts';
import type { Delivery } from './delivery.ts';
import { sliceStream } from './slice-stream.ts';

type Answer = Pick<Delivery, 'status' | 'fields' | 'body'>;

export function cutRange(exchange: Exchange, whole: Delivery, createBoundary = randomId): Answer {
  const { fields, body } = whole;
  if (body === null) return whole;
  if (!(body instanceof Uint8Array)) return cutStream(exchange, whole, body);
  const decision = decideRange({ ...asked(exchange), ...whole, bodyBytes: body.byteLength });
  return decision.kind === 'whole' ? whole : respondToRange(decision, { fields, body }, createBoundary());
}

/** Several parts would have to be put in order: then the whole is the answer, which is always right (§14.2). */
function cutStream(exchange: Exchange, whole: Delivery, body: ReadableStream<Uint8Array>): Answer {
  const bodyBytes = declaredLength(whole.fields);
  if (bodyBytes === undefined || !whole.createPipe) return whole;
  const decision = decideRange({ ...asked(exchange), ...whole, bodyBytes });
  if (decision.kind === 'unsatisfiable') {
    letGo(body);
    return { status: 416, fields: unsatisfiableFields(whole.fields, bodyBytes), body: new Uint8Array() };
  }
  if (decision.kind !== 'part') return whole;
  const fields = partFields(whole.fields, decision, bodyBytes);
  return {
    status: 206,
    fields,
    body: isAll(decision, bodyBytes) ? body : sliceStream(body, decision, whole.createPipe),
  };
}

function asked({ method, fields }: Exchange) {
  return { method, requestFields: fields };
}

function isAll({ start, end }: ByteRange, bodyBytes: number): boolean {
  return start === 0 && end === bodyBytes - 1;
}

/** A body that nobody reads would keep its connection to the origin. */
export function letGo(body: ResponseBody): void {
  if (body instanceof ReadableStream) body.cancel().catch(() => undefined);
}
