/**
 * Answers a CORS preflight from the cache, on a route that is answered by Origin: kept for as long as its answer says, under
 * all that it asks.
 *
 * Only what is in the question is forwarded, so that nothing else can change the answer. It carries the tags of its folders,
 * host and route, not its URL's: the request that follows a preflight may well change that URL.
 *
 * Errors  as pass
 * Cost    as a hit or a miss of any response
 * Source  Fetch §4.9; shared/http/preflight.ts
 */

import type { CacheReading, Levels } from '../../shared/cache/levels.ts';
import { appendCacheStatus } from '../../shared/http/cache-status.ts';
import { declaredLength, type Fields, hasField, withFields } from '../../shared/http/fields.ts';
import { withoutHopByHop } from '../../shared/http/hop-by-hop.ts';
import { type Preflight, parsePreflight, preflightKey } from '../../shared/http/preflight.ts';
import { encodedResponse } from '../adapters/encoded-response.ts';
import type { WaitUntil } from '../platform.ts';
import { noteAnswer } from './account.ts';
import { deliverStored } from './delivering/deliver.ts';
import type { Exchange } from './exchange.ts';
import { passingFields } from './forwarding.ts';
import { type KeepPreflightDeps, keepPreflight, preflightLifetimeOf } from './keeping/keep-preflight.ts';
import { knownTags } from './lookup.ts';
import { type FetchOriginDeps, fetchOrigin } from './origin/fetch-origin.ts';
import { originProblem } from './origin/origin-problem.ts';
import { urlTag } from './own-tags.ts';
import type { Stored } from './stored.ts';

export interface PreflightDeps extends FetchOriginDeps, KeepPreflightDeps {
  readonly cache: Levels<Stored>;
}

export interface Preflighting {
  readonly exchange: Exchange;
  readonly preflight: Preflight;
  readonly waitUntil: WaitUntil;
}

/** Of a browser, which sends no credentials along with it. */
export function preflightOf({ route, method, fields }: Exchange): Preflight | undefined {
  if (!route.cors || hasField(fields, 'authorization') || hasField(fields, 'cookie')) return undefined;
  return parsePreflight(method, fields);
}

export async function answerPreflight(asking: Preflighting, deps: PreflightDeps): Promise<Response> {
  const { exchange, preflight } = asking;
  const reading = await deps.cache.read(lookupOf(asking));
  const now = deps.clock();
  const kept = deliverKept(exchange, reading, now);
  if (kept) return kept;
  const answer = await fetchOrigin(exchange, questionFields(exchange, preflight), deps);
  const status = { hit: false, forwarded: 'uri-miss' } as const;
  if (answer.kind === 'failure') return originProblem(exchange, answer, status);
  const ttlSeconds = preflightLifetimeOf(answer);
  const fields = withoutHopByHop(answer.fields);
  const keeping = { exchange, reading, answer, ttlSeconds, waitUntil: asking.waitUntil };
  const body = ttlSeconds > 0 ? keepPreflight(keeping, deps) : answer.response.body;
  const told = { ...status, stored: ttlSeconds > 0 };
  noteAnswer(exchange.account, told, declaredLength(fields));
  return encodedResponse(answer.status, appendCacheStatus(fields, told), body);
}

/** A key of a URL has no space. */
function lookupOf({ exchange, preflight }: Preflighting) {
  const own = urlTag(exchange.key);
  return {
    base: `${exchange.key} ${preflightKey(preflight)}`,
    tags: knownTags(exchange).filter(tag => tag !== own),
    facets: new Map<string, string>(),
  };
}

/** The browser counts from now: it is told what is left of the time. */
function deliverKept(exchange: Exchange, { found }: CacheReading<Stored>, now: number): Response | undefined {
  const leftSeconds = found ? Math.ceil((found.entry.meta.freshness.freshUntil - now) / 1000) : 0;
  if (!found || found.entry.soft || leftSeconds <= 0) return undefined;
  const { meta } = found.entry;
  const isTimed = hasField(meta.fields, 'access-control-max-age');
  const left: Fields = isTimed ? [['access-control-max-age', String(leftSeconds)]] : [];
  const entry = { ...found.entry, meta: { ...meta, fields: withFields(meta.fields, left) } };
  return deliverStored(exchange, entry, { hit: true, ttlSeconds: leftSeconds, detail: found.level }, now);
}

const QUESTION = new Set(['origin', 'access-control-request-method', 'via', 'cdn-loop']);

function questionFields(exchange: Exchange, { headers }: Preflight): Fields {
  const kept = passingFields(exchange).filter(
    ([name]) => QUESTION.has(name) || name.startsWith('x-forwarded-'),
  );
  return headers.length === 0 ? kept : [...kept, ['access-control-request-headers', headers.join(',')]];
}
