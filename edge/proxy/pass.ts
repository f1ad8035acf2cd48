/**
 * Hands a request on and its answer back, untouched and unbuffered: other methods, uploads, event streams, WebSockets.
 *
 * A request that may have changed something takes what is stored for its URL with it.
 *
 * Errors  502 ORIGIN_UNREACHABLE, 504 ORIGIN_TIMEOUT
 * Cost    one origin request; a successful unsafe method waits for one Redis command
 * Source  RFC 9110 §9.2.1; RFC 9111 §4.4
 */

import type { Levels } from '../../shared/cache/levels.ts';
import { appendCacheStatus } from '../../shared/http/cache-status.ts';
import { CACHE_TAG_FIELDS } from '../../shared/http/cache-tags.ts';
import { withoutFields } from '../../shared/http/fields.ts';
import { withoutHopByHop } from '../../shared/http/hop-by-hop.ts';
import { encodedResponse } from '../adapters/encoded-response.ts';
import { isWebSocketAnswer } from '../adapters/upstream.ts';
import type { Exchange } from './exchange.ts';
import { type FetchOriginDeps, fetchOrigin, type OriginAnswer } from './fetch-origin.ts';
import { passingFields } from './forwarding.ts';
import { originProblem } from './origin-problem.ts';
import { urlTag } from './own-tags.ts';
import type { PassReason } from './receive.ts';
import type { Stored } from './stored.ts';

export interface PassDeps extends FetchOriginDeps {
  readonly cache: Levels<Stored>;
}

export interface Passing {
  readonly exchange: Exchange;
  readonly why: PassReason;
}

export async function pass({ exchange, why }: Passing, deps: PassDeps): Promise<Response> {
  const status = { hit: false, ...why } as const;
  const answer = await fetchOrigin(exchange, passingFields(exchange), deps);
  if (answer.kind === 'failure') return originProblem(exchange.origin, answer, status);
  if (changes(exchange, answer)) await deps.cache.purge([urlTag(exchange.key)], { soft: false });
  if (isWebSocketAnswer(answer.response)) return answer.response;
  const fields = withoutFields(withoutHopByHop(answer.fields), CACHE_TAG_FIELDS);
  return encodedResponse(answer.status, appendCacheStatus(fields, status), answer.response.body);
}

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/** Any method not known to be safe, answered without an error. */
function changes({ method }: Exchange, { status }: OriginAnswer): boolean {
  return !SAFE_METHODS.has(method) && status >= 200 && status < 400;
}
