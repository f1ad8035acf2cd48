/**
 * Keeps the origin's answer for the next one who asks: hands the whole of it to the cache once it has all come, off the
 * response path, never in part.
 *
 * Errors  none; why an answer is not kept is told in Cache-Status
 * Cost    the cache's write, after the response
 * Source  RFC 9111 §3
 */

import { declaredLength, type Fields, withFields } from '../../../shared/http/fields.ts';
import { computeFreshness } from '../../../shared/http/freshness.ts';
import { withoutHopByHop } from '../../../shared/http/hop-by-hop.ts';
import { storedFields } from '../../../shared/http/storable.ts';
import { type CacheableExchange, policyFor, timeoutOf } from '../exchange.ts';
import type { OriginAnswer } from '../origin/fetch-origin.ts';
import { urlTag } from '../own-tags.ts';
import type { Stored } from '../stored.ts';
import { decideKeepable, type Keepable } from './keepable.ts';
import { type KeepDeps, type Keeping, type Obtained, writeKept } from './keeping.ts';
import { recordBody } from './record-body.ts';

export interface KeptAnswer {
  readonly status: number;
  readonly fields: Fields;
  readonly receivedAt: number;
  readonly body: ReadableStream<Uint8Array> | null;
  readonly kept: Keepable;
}

export function keepAnswer(keeping: Keeping, { answer, sent }: Obtained, deps: KeepDeps): KeptAnswer {
  const { exchange } = keeping;
  const { status, response, receivedAt } = answer;
  const fields = withoutHopByHop(answer.fields);
  const { method, key } = exchange;
  const variants = keeping.reading.found ? 0 : keeping.cache.countInMemory(urlTag(key));
  const kept = decideKeepable(exchange, { ...answer, method, variants }, deps.limits);
  if (!kept.storable) return { status, fields, receivedAt, body: response.body, kept };
  const recorded = recordBody(response.body, {
    maxBytes: deps.limits.maxBodyBytes,
    room: deps.room,
    declaredBytes: declaredLength(fields),
    idleMs: timeoutOf(exchange),
    createPipe: deps.createPipe,
  });
  const store = async (body: Uint8Array<ArrayBuffer>) => {
    const form = await deps.encoder.encode(exchange, { meta: storedOf(exchange, answer, body), body });
    await writeKept(keeping, { ...form, tags: kept.tags, sent }, deps);
  };
  keeping.waitUntil(recorded.whole.then(body => body && store(body)).finally(recorded.release));
  const announced = deps.encoder.announce(exchange, { status, fields, receivedAt });
  return { status, fields: announced, receivedAt, body: recorded.stream, kept };
}

function storedOf(exchange: CacheableExchange, answer: OriginAnswer, body: Uint8Array): Stored {
  const { status, fields, receivedAt } = answer;
  const length = String(body.byteLength);
  return {
    status,
    fields: withFields(storedFields(fields, receivedAt), [['content-length', length]]),
    freshness: computeFreshness({ ...answer, policy: policyFor(exchange, fields) }),
  };
}
