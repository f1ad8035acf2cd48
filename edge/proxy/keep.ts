/**
 * Decides whether the origin's answer is kept for the next one who asks, and hands the whole of it to the cache once it has
 * all come: off the response path, never in part.
 *
 * Errors  none; why an answer is not kept is told in Cache-Status
 * Cost    the cache's write, after the response
 * Source  RFC 9111 §3, §4.3.4
 */

import type { Cache, CacheReading } from '../../shared/cache/cache.ts';
import { type CacheTags, parseCacheTags } from '../../shared/http/cache-tags.ts';
import { declaredLength, type Fields, withFields } from '../../shared/http/fields.ts';
import { freshen } from '../../shared/http/freshen.ts';
import { computeFreshness } from '../../shared/http/freshness.ts';
import { withoutHopByHop } from '../../shared/http/hop-by-hop.ts';
import { decideStorable, type NotStorable, storedFields } from '../../shared/http/storable.ts';
import { parseVary } from '../../shared/http/vary.ts';
import { type CacheableExchange, fieldsToJudge } from './exchange.ts';
import type { OriginAnswer } from './fetch-origin.ts';
import { urlTag } from './key.ts';
import { recordBody } from './record-body.ts';
import type { Stored, StoredEntry } from './stored.ts';

export interface Keeping {
  readonly exchange: CacheableExchange;
  readonly reading: CacheReading<Stored>;
  readonly cache: Cache<Stored>;
  /** Lets work go on after the response. */
  waitUntil(work: Promise<unknown>): void;
}

export interface KeepLimits {
  readonly maxBodyBytes: number;
  readonly maxHeaderBytes: number;
}

export type Kept =
  | { readonly storable: true; readonly tags: readonly string[] }
  | { readonly storable: false; readonly why: WhyNotKept };

export type WhyNotKept =
  | NotStorable
  | Extract<CacheTags, { valid: false }>['why']
  | 'body-size'
  | 'header-size';

export interface KeptAnswer {
  readonly status: number;
  readonly fields: Fields;
  readonly body: ReadableStream<Uint8Array> | null;
  readonly kept: Kept;
}

export function keepAnswer(keeping: Keeping, answer: OriginAnswer, limits: KeepLimits): KeptAnswer {
  const { status, response } = answer;
  const fields = withoutHopByHop(answer.fields);
  const kept = decideKept(keeping.exchange, answer, limits);
  if (!kept.storable) return { status, fields, body: response.body, kept };
  const declaredBytes = declaredLength(fields);
  const recorded = recordBody(response.body, { maxBytes: limits.maxBodyBytes, declaredBytes });
  keeping.waitUntil(
    recorded.whole.then(
      body => body && write(keeping, { meta: storedOf(keeping, answer, body), body, tags: kept.tags }),
    ),
  );
  return { status, fields, body: recorded.stream, kept };
}

/** The stored response with the 304's fields, its freshness counted anew. */
export function keepFreshened(keeping: Keeping, entry: StoredEntry, answer: OriginAnswer): StoredEntry {
  const fields = freshen(entry.meta.fields, answer.fields);
  const { policy } = keeping.exchange.route;
  const { requestedAt, receivedAt } = answer;
  const { status } = entry.meta;
  const freshness = computeFreshness({ status, fields, policy, requestedAt, receivedAt });
  const tags = parseCacheTags(fields);
  const value = {
    meta: { status, fields, freshness },
    body: entry.body,
    tags: tags.valid ? tags.tags : entry.tags,
  };
  keeping.waitUntil(write(keeping, value));
  return { ...value, key: entry.key, deadAt: freshness.deadAt };
}

function decideKept(exchange: CacheableExchange, answer: OriginAnswer, limits: KeepLimits): Kept {
  const storable = decideStorable({
    method: exchange.method,
    requestFields: fieldsToJudge(exchange),
    status: answer.status,
    responseFields: answer.fields,
    policy: exchange.route.policy,
    now: answer.receivedAt,
    unnamedHeaders: exchange.forwarding.unknown,
  });
  if (!storable.storable) return storable;
  const tags = parseCacheTags(answer.fields);
  if (!tags.valid) return { storable: false, why: tags.why };
  if ((declaredLength(answer.fields) ?? 0) > limits.maxBodyBytes)
    return { storable: false, why: 'body-size' };
  if (JSON.stringify(answer.fields).length > limits.maxHeaderBytes)
    return { storable: false, why: 'header-size' };
  return { storable: true, tags: tags.tags };
}

function storedOf({ exchange }: Keeping, answer: OriginAnswer, body: Uint8Array): Stored {
  const { status, fields, requestedAt, receivedAt } = answer;
  const { policy } = exchange.route;
  const length = String(body.byteLength);
  return {
    status,
    fields: withFields(storedFields(fields, receivedAt), [['content-length', length]]),
    freshness: computeFreshness({ status, fields, policy, requestedAt, receivedAt }),
  };
}

interface NewValue {
  readonly meta: Stored;
  readonly body: Uint8Array<ArrayBuffer>;
  readonly tags: readonly string[];
}

function write({ cache, reading, exchange }: Keeping, { meta, body, tags }: NewValue): Promise<void> {
  const vary = parseVary(meta.fields);
  const varies = [...(vary === '*' ? [] : vary), ...exchange.route.keyHeaders];
  const carried = [
    ...new Set([urlTag(exchange.key), ...exchange.route.tags(exchange.url.pathname), ...tags]),
  ];
  return cache.write({
    reading,
    varies,
    value: { meta, body, tags: carried, deadAt: meta.freshness.deadAt },
  });
}
