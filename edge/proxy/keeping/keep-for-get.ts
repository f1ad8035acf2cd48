/**
 * Keeps the answer to a POST for those who GET the same URL, where the origin says that it is what they would get.
 *
 * The reading comes after the purge that the POST itself causes, which it would otherwise not survive. What is purged by
 * others in the moment between that and the origin's answer is not seen here.
 *
 * Shape   -> the answer, its body recorded on the way | undefined, where it is the client's alone
 * Errors  none
 * Cost    one Redis trip before the response, and the cache's write after it; nothing for any other answer
 * Source  RFC 9110 §9.3.3
 */

import type { Levels } from '../../../shared/cache/levels.ts';
import { parseRequestDirectives } from '../../../shared/http/cache-control.ts';
import { computeLifetime } from '../../../shared/http/lifetime.ts';
import { mayAnswerGet } from '../../../shared/http/post-for-get.ts';
import type { WaitUntil } from '../../platform.ts';
import { type CacheableExchange, type Exchange, policyFor } from '../exchange.ts';
import { forwardingOf } from '../forwarding.ts';
import { answeredRequest } from '../invalidate.ts';
import { lookupOf } from '../lookup.ts';
import type { OriginAnswer } from '../origin/fetch-origin.ts';
import type { Stored } from '../stored.ts';
import { type KeptAnswer, keepAnswer } from './keep.ts';
import type { KeepDeps } from './keeping.ts';

export interface KeepForGetDeps extends KeepDeps {
  readonly cache: Levels<Stored>;
  readonly waitUntil: WaitUntil;
}

export async function keepForGet(
  posted: Exchange,
  answer: OriginAnswer,
  deps: KeepForGetDeps,
): Promise<KeptAnswer | undefined> {
  const { status, fields, receivedAt } = answer;
  const policy = policyFor(posted, fields);
  const lifetime = computeLifetime({ status, fields, policy, now: receivedAt });
  if (!mayAnswerGet({ ...answeredRequest(posted, answer), lifetime })) return undefined;
  const exchange = asGet(posted);
  const reading = await deps.cache.read(lookupOf(exchange, deps.knownSearch.ruleOf(exchange.key)));
  const { cache, waitUntil } = deps;
  return keepAnswer({ exchange, reading, cache, waitUntil }, { answer, sent: [] }, deps);
}

/** What the POST's fields say of its own body is nothing that a GET could say. */
function asGet(posted: Exchange): CacheableExchange {
  const fields = posted.fields.filter(([name]) => !name.startsWith('content-'));
  const exchange = { ...posted, method: 'GET', fields };
  return { ...exchange, directives: parseRequestDirectives(fields), forwarding: forwardingOf(exchange) };
}
