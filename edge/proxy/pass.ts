/**
 * Hands a request on and its answer back, untouched and unbuffered: other methods, uploads, event streams, WebSockets.
 *
 * A request that may have changed something takes with it what is stored for its URL, and for what its answer names.
 *
 * An OPTIONS or TRACE request that may go no further is answered here.
 *
 * Errors  502 ORIGIN_UNREACHABLE, 504 ORIGIN_TIMEOUT
 * Cost    one origin request; a successful unsafe method waits for one Redis command
 * Source  RFC 9110 §9.2.1; RFC 9111 §4.4
 */

import type { Levels } from '../../shared/cache/levels.ts';
import type { Plan } from '../../shared/config/plan.ts';
import { appendCacheStatus } from '../../shared/http/cache-status.ts';
import { CACHE_TAG_FIELDS } from '../../shared/http/cache-tags.ts';
import { declaredLength, withoutFields } from '../../shared/http/fields.ts';
import { withoutHopByHop } from '../../shared/http/hop-by-hop.ts';
import { forwardsLeft } from '../../shared/http/max-forwards.ts';
import { encodedResponse } from '../adapters/encoded-response.ts';
import { isWebSocketAnswer } from '../adapters/upstream.ts';
import type { WaitUntil } from '../platform.ts';
import { noteAnswer } from './account.ts';
import { tellTags } from './delivering/tell-tags.ts';
import type { Exchange } from './exchange.ts';
import { passingFields } from './forwarding.ts';
import { invalidatedTags } from './invalidate.ts';
import { keepForGet } from './keeping/keep-for-get.ts';
import type { KeepDeps } from './keeping/keeping.ts';
import { answerAsLast } from './last-stop.ts';
import { type FetchOriginDeps, fetchOrigin } from './origin/fetch-origin.ts';
import { originProblem } from './origin/origin-problem.ts';
import type { PassReason } from './receive.ts';
import type { Stored } from './stored.ts';

export interface PassDeps extends FetchOriginDeps, KeepDeps {
  readonly plan: Pick<Plan, 'routes'>;
  readonly cache: Levels<Stored>;
}

export interface Passing {
  readonly exchange: Exchange;
  readonly why: PassReason;
  readonly waitUntil: WaitUntil;
}

export async function pass({ exchange, why, waitUntil }: Passing, deps: PassDeps): Promise<Response> {
  if (forwardsLeft(exchange.method, exchange.fields) === 'last') return answerAsLast(exchange);
  const status = { hit: false, ...why } as const;
  const answer = await fetchOrigin(exchange, passingFields(exchange), deps);
  if (answer.kind === 'failure') return originProblem(exchange, answer, status);
  noteAnswer(exchange.account, status, declaredLength(answer.fields));
  const changed = invalidatedTags(exchange, answer, deps.plan.routes);
  const purged = changed.length > 0 && (await deps.cache.purge(changed, { soft: false }));
  if (isWebSocketAnswer(answer.response)) return answer.response;
  // Redis that did not take the purge is not waited for a second time.
  const isLeftAlone = purged && purged.shared === 'unreachable';
  const kept = isLeftAlone ? undefined : await keepForGet(exchange, answer, { ...deps, waitUntil });
  const fields = withoutFields(withoutHopByHop(answer.fields), CACHE_TAG_FIELDS);
  const plain = appendCacheStatus(fields, { ...status, ...(kept?.kept.storable && { stored: true }) });
  const told = tellTags(plain, answer.fields, exchange);
  return encodedResponse(answer.status, told, kept ? kept.body : answer.response.body);
}
