/**
 * POST …/cache/explain: what the cache would do with a request, and why. It reads what is stored, never asks the origin,
 * and changes nothing.
 *
 * Shape   {url, method?, headers?} -> 200 {key, rule, decision, instants, words}
 * Errors  400 EXPLAIN_INVALID naming the field
 * Cost    as the request itself would cost in Redis: at most two trips
 */

import type { Context } from 'hono';
import type * as z from 'zod/mini';
import { EXPLAIN_BODY } from '../../shared/api/cache.ts';
import type { Levels } from '../../shared/cache/levels.ts';
import type { Plan } from '../../shared/config/plan.ts';
import { parseRequestUrl } from '../../shared/http/request-url.ts';
import type { Clock } from '../../shared/primitives/clock.ts';
import { problemResponse } from '../problem-response.ts';
import { decide } from '../proxy/decide.ts';
import type { KnownSearch } from '../proxy/keeping/known-search.ts';
import { lookupOf } from '../proxy/lookup.ts';
import { type Received, receive } from '../proxy/receive.ts';
import type { Stored } from '../proxy/stored.ts';
import { type Explanation, explanationOf } from './explanation.ts';
import { readBody } from './read-body.ts';

export interface ExplainDeps {
  readonly plan: Plan;
  readonly cache: Pick<Levels<Stored>, 'look'>;
  readonly clock: Clock;
  readonly knownSearch: KnownSearch;
}

type Question = z.output<ReturnType<typeof EXPLAIN_BODY>>;

export function explain(deps: ExplainDeps) {
  return async (context: Context): Promise<Response> => {
    const read = readBody(await context.req.text(), EXPLAIN_BODY());
    if (!read.ok) return invalid(read.words);
    const request = requestOf(read.value, context.req.url);
    if (!request) return invalid('the body must describe a request that can be sent.');
    const received = receive(request, parseRequestUrl(request.url), deps.plan);
    const answer = await explainReceived(received, deps);
    return Response.json(answer, { headers: { 'cache-control': 'no-store' } });
  };
}

/** Methods that no request may have are the platform's to refuse. */
function requestOf({ url, method, headers }: Question, ownUrl: string): Request | undefined {
  try {
    const address = url.startsWith('/') ? new URL(ownUrl).origin + url : url;
    return new Request(address, { method, headers });
  } catch {
    return undefined;
  }
}

async function explainReceived(
  received: Received,
  { cache, plan, clock, knownSearch }: ExplainDeps,
): Promise<Explanation> {
  if (received.kind === 'refuse') return explanationOf(received, { now: clock() });
  if (received.kind === 'pass') return explanationOf(received, { exchange: received.exchange, now: clock() });
  const { exchange } = received;
  const reading = await cache.look(lookupOf(exchange, knownSearch.ruleOf(exchange.key)));
  const now = clock();
  return explanationOf(decide(exchange, reading, now), { exchange, reading, now, mode: plan.mode });
}

function invalid(detail: string): Response {
  return problemResponse({
    status: 400,
    code: 'EXPLAIN_INVALID',
    title: 'The question cannot be understood',
    detail,
  });
}
