/**
 * Asks the origin, bounded in time until its answer begins, and turns everything that can go wrong into a value.
 *
 * A connection that the origin closed while it was idle looks like a failure of the next request on it, so a GET or HEAD
 * that got no answer at all is sent once more. An upload takes as long as the client takes.
 *
 * Shape   -> answer (status, fields, body still to be read) | failure ('timeout' | 'unreachable' | 'invalid')
 * Units   instants epoch ms
 * Errors  none
 * Cost    one request, two when the first got no answer
 */

import { declaredLength, type Fields, fieldsOf } from '../../../shared/http/fields.ts';
import { receivedFields } from '../../../shared/http/received-fields.ts';
import type { Clock } from '../../../shared/primitives/clock.ts';
import { isWebSocketAnswer, type SendUpstream } from '../../adapters/upstream.ts';
import type { CreateBodyPipe } from '../../platform.ts';
import { type Exchange, timeoutOf } from '../exchange.ts';
import { type Deadline, startDeadline } from './deadline.ts';
import { forwardUpload } from './upload.ts';

export interface OriginAnswer {
  readonly kind: 'answer';
  readonly response: Response;
  readonly status: number;
  readonly fields: Fields;
  readonly requestedAt: number;
  readonly receivedAt: number;
}

export interface OriginFailure {
  readonly kind: 'failure';
  readonly why: 'timeout' | 'unreachable' | 'invalid';
}

export interface FetchOriginDeps {
  readonly send: SendUpstream;
  readonly clock: Clock;
  readonly createPipe: CreateBodyPipe;
}

export async function fetchOrigin(
  exchange: Exchange,
  fields: Fields,
  deps: FetchOriginDeps,
): Promise<OriginAnswer | OriginFailure> {
  const deadline = startDeadline(timeoutOf(exchange));
  try {
    const first = await attempt(exchange, fields, deps, deadline);
    const again = isUnanswered(first) && isRepeatable(exchange);
    return again ? await attempt(exchange, fields, deps, deadline) : first;
  } finally {
    deadline.end();
  }
}

async function attempt(
  exchange: Exchange,
  fields: Fields,
  deps: FetchOriginDeps,
  deadline: Deadline,
): Promise<OriginAnswer | OriginFailure> {
  const { origin, method, target, client } = exchange;
  const requestedAt = deps.clock();
  const headers = new Headers(fields.map(([name, value]): [string, string] => [name, value]));
  const body = bodyOf(exchange, deps, deadline);
  const { signal } = deadline;
  try {
    const response = await deps.send({
      origin,
      onBehalfOf: { request: exchange.request, isBehind: exchange.isBehind ?? false },
      clientHost: client.host,
      target,
      method,
      headers,
      body,
      signal,
    });
    return answerOf(response, requestedAt, deps.clock());
  } catch {
    return { kind: 'failure', why: signal.aborted ? 'timeout' : 'unreachable' };
  }
}

/**
 * workerd takes an interim answer for the final one: its body is the raw bytes of the real answer. And it makes no response
 * of a status above 599.
 */
function answerOf(response: Response, requestedAt: number, receivedAt: number): OriginAnswer | OriginFailure {
  const { status, headers } = response;
  if ((status < 200 || status > 599) && !isWebSocketAnswer(response)) {
    response.body?.cancel().catch(() => undefined);
    return { kind: 'failure', why: 'invalid' };
  }
  return {
    kind: 'answer',
    response,
    status,
    fields: receivedFields(fieldsOf(headers), receivedAt),
    requestedAt,
    receivedAt,
  };
}

function isUnanswered(outcome: OriginAnswer | OriginFailure): boolean {
  return outcome.kind === 'failure' && outcome.why === 'unreachable';
}

function isRepeatable({ method }: Exchange): boolean {
  return method === 'GET' || method === 'HEAD';
}

/** The body of a GET is dropped: it is in no key, and the platform sends none. */
function bodyOf(
  exchange: Exchange,
  { createPipe }: FetchOriginDeps,
  deadline: Deadline,
): ReadableStream<Uint8Array> | null {
  const { body } = exchange.request;
  if (!body || isRepeatable(exchange)) return null;
  return forwardUpload(body, { declaredBytes: declaredLength(exchange.fields), deadline, createPipe });
}
