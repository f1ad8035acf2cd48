/**
 * Keeps the origin's answer for the next one who asks: hands the whole of it to the cache once it has all come, off the
 * response path, never in part.
 *
 * Errors  none; why an answer is not kept is told in Cache-Status
 * Cost    the cache's write, after the response
 * Source  RFC 9111 §3, §4.3.4
 */

import type { CacheReading, Levels } from '../../shared/cache/levels.ts';
import type { Limits } from '../../shared/config/plan.ts';
import { declaredLength, type Fields, withFields } from '../../shared/http/fields.ts';
import { freshen } from '../../shared/http/freshen.ts';
import { computeFreshness } from '../../shared/http/freshness.ts';
import { withoutHopByHop } from '../../shared/http/hop-by-hop.ts';
import { storedFields } from '../../shared/http/storable.ts';
import { parseVary } from '../../shared/http/vary.ts';
import type { CreateBodyPipe, WaitUntil } from '../platform.ts';
import { fieldsAtOrigin, fieldsInCoding } from './coding-of-stored.ts';
import type { Encoder } from './encode.ts';
import { type CacheableExchange, policyFor, timeoutOf } from './exchange.ts';
import type { OriginAnswer } from './fetch-origin.ts';
import { decideKeepable, type Keepable } from './keepable.ts';
import { type KnownSearch, searchRuleOf } from './known-search.ts';
import { lookupOf } from './lookup.ts';
import { moveReading } from './move-reading.ts';
import { urlTag } from './own-tags.ts';
import { recordBody } from './record-body.ts';
import type { RecordingRoom } from './recording-room.ts';
import type { Stored, StoredEntry } from './stored.ts';

export interface Keeping {
  readonly exchange: CacheableExchange;
  readonly reading: CacheReading<Stored>;
  readonly cache: Levels<Stored>;
  /** Lets work go on after the response. */
  readonly waitUntil: WaitUntil;
}

export interface KeepDeps {
  readonly limits: Limits;
  readonly room: RecordingRoom;
  readonly encoder: Encoder;
  readonly knownSearch: KnownSearch;
  readonly createPipe: CreateBodyPipe;
}

/** An answer, and the quiet fields that were sent for it: it varies by them, whatever it says itself. */
export interface Obtained {
  readonly answer: OriginAnswer;
  readonly sent: readonly string[];
}

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
    await write(keeping, { ...form, tags: kept.tags, sent }, deps);
  };
  keeping.waitUntil(recorded.whole.then(body => body && store(body)).finally(recorded.release));
  const announced = deps.encoder.announce(exchange, { status, fields, receivedAt });
  return { status, fields: announced, receivedAt, body: recorded.stream, kept };
}

export interface Freshened {
  /** The stored response with the 304's fields, its freshness counted anew. */
  readonly entry: StoredEntry;
  readonly kept: Keepable;
}

export function keepFreshened(
  keeping: Keeping,
  entry: StoredEntry,
  obtained: Obtained,
  deps: KeepDeps,
): Freshened {
  const { answer, sent } = obtained;
  const { status, coding } = entry.meta;
  // With the age that a cache before us gave it, which is not stored.
  const renewed = freshen(fieldsAtOrigin(entry.meta), answer.fields);
  const response = { ...answer, status, fields: renewed };
  const kept = decideKeepable(keeping.exchange, { ...response, method: 'GET' }, deps.limits);
  const freshness = computeFreshness({ ...response, policy: policyFor(keeping.exchange, renewed) });
  const fields = fieldsInCoding(storedFields(renewed, answer.receivedAt), coding);
  const meta = { status, fields, freshness, ...(coding && { coding }) };
  const { body, key } = entry;
  if (kept.storable) keeping.waitUntil(write(keeping, { meta, body, tags: kept.tags, sent }, deps));
  return { entry: { key, meta, body, tags: entry.tags, deadAt: meta.freshness.deadAt }, kept };
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

interface NewValue {
  readonly meta: Stored;
  readonly body: Uint8Array<ArrayBuffer>;
  readonly tags: readonly string[];
  readonly sent: readonly string[];
}

async function write(
  { cache, reading, exchange }: Keeping,
  { meta, body, tags, sent }: NewValue,
  { knownSearch }: KeepDeps,
): Promise<void> {
  const rule = searchRuleOf(meta.fields);
  knownSearch.learn(exchange.key, rule);
  const lookup = lookupOf(exchange, rule);
  const isThere = lookup.base === reading.lookup.base;
  const vary = parseVary(meta.fields);
  const varies = new Set([...(vary === '*' ? [] : vary), ...exchange.route.key.headers, ...sent]);
  const carried = new Set([...lookup.tags, ...tags]);
  await cache.write({
    reading: isThere ? reading : await moveReading(reading, lookup, cache),
    varies: [...varies],
    value: { meta, body, tags: [...carried], deadAt: meta.freshness.deadAt },
  });
}
