/**
 * Keeps the answer to a CORS preflight for as long as it says, once it has all come.
 *
 * Units   seconds
 * Errors  none
 * Cost    the cache's write, after the response
 */

import type { CacheReading, Levels } from '../../../shared/cache/levels.ts';
import { declaredLength } from '../../../shared/http/fields.ts';
import { computeFreshness } from '../../../shared/http/freshness.ts';
import { withoutHopByHop } from '../../../shared/http/hop-by-hop.ts';
import { preflightTtlSeconds } from '../../../shared/http/preflight.ts';
import { storedFields } from '../../../shared/http/storable.ts';
import { selectDirectives } from '../../../shared/http/targeted.ts';
import { parseVary } from '../../../shared/http/vary.ts';
import type { WaitUntil } from '../../platform.ts';
import { type Exchange, timeoutOf } from '../exchange.ts';
import type { OriginAnswer } from '../origin/fetch-origin.ts';
import type { Stored } from '../stored.ts';
import type { KeepDeps } from './keeping.ts';
import { recordBody } from './record-body.ts';

export interface KeepPreflightDeps extends Pick<KeepDeps, 'room' | 'createPipe'> {
  readonly cache: Levels<Stored>;
}

export interface KeepingPreflight {
  readonly exchange: Exchange;
  readonly reading: CacheReading<Stored>;
  readonly answer: OriginAnswer;
  readonly ttlSeconds: number;
  readonly waitUntil: WaitUntil;
}

/** 0: not to be kept. What the answer varies by is all in its key, or was not forwarded. */
export function preflightLifetimeOf({ status, fields }: OriginAnswer): number {
  const { noStore, private: isPrivate } = selectDirectives(fields).directives;
  const isForbidden = noStore || isPrivate !== false || parseVary(fields) === '*';
  return isForbidden ? 0 : preflightTtlSeconds(status, fields);
}

/** A preflight has next to no body. */
const LONGEST_BODY_BYTES = 16_384;

export function keepPreflight(
  keeping: KeepingPreflight,
  { cache, room, createPipe }: KeepPreflightDeps,
): ReadableStream<Uint8Array> | null {
  const { exchange, reading, answer, waitUntil } = keeping;
  const recorded = recordBody(answer.response.body, {
    maxBytes: LONGEST_BODY_BYTES,
    room,
    declaredBytes: declaredLength(answer.fields),
    idleMs: timeoutOf(exchange),
    createPipe,
  });
  const meta = storedOf(keeping);
  const { tags } = reading.lookup;
  const store = async (body: Uint8Array<ArrayBuffer>) =>
    cache.write({ reading, varies: [], value: { meta, body, tags, deadAt: meta.freshness.deadAt } });
  waitUntil(recorded.whole.then(body => body && store(body)).finally(recorded.release));
  return recorded.stream;
}

function storedOf({ exchange, answer, ttlSeconds }: KeepingPreflight): Stored {
  const { status, fields, receivedAt } = answer;
  const freshUntil = receivedAt + ttlSeconds * 1000;
  const computed = computeFreshness({ ...answer, policy: exchange.route.policy });
  return {
    status,
    fields: storedFields(withoutHopByHop(fields), receivedAt),
    freshness: { ...computed, freshUntil, deadAt: freshUntil },
  };
}
