/**
 * Asks the origin, bounded in time until its answer begins, and turns everything that can go wrong into a value.
 *
 * A connection that the origin closed while it was idle looks like a failure of the next request on it, so a GET or HEAD
 * that got no answer at all is sent once more.
 *
 * Shape   -> answer (status, fields, body still to be read) | failure ('timeout' | 'unreachable')
 * Units   instants epoch ms
 * Errors  none
 * Cost    one request, two when the first got no answer
 */

import { type Fields, fieldsOf } from '../../shared/http/fields.ts';
import type { Clock } from '../../shared/primitives/clock.ts';
import type { SendUpstream } from '../adapters/upstream.ts';
import type { Exchange } from './exchange.ts';

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
  readonly why: 'timeout' | 'unreachable';
}

export interface FetchOriginDeps {
  readonly send: SendUpstream;
  readonly clock: Clock;
}

export async function fetchOrigin(
  exchange: Exchange,
  fields: Fields,
  deps: FetchOriginDeps,
): Promise<OriginAnswer | OriginFailure> {
  const deadline = startDeadline(exchange.route.timeoutMs ?? exchange.origin.timeoutMs);
  try {
    const first = await attempt(exchange, fields, deps, deadline.signal);
    if (first || !isRepeatable(exchange)) return first ?? { kind: 'failure', why: deadline.reason() };
    const second = deadline.signal.aborted
      ? undefined
      : await attempt(exchange, fields, deps, deadline.signal);
    return second ?? { kind: 'failure', why: deadline.reason() };
  } finally {
    deadline.clear();
  }
}

async function attempt(
  exchange: Exchange,
  fields: Fields,
  { send, clock }: FetchOriginDeps,
  signal: AbortSignal,
): Promise<OriginAnswer | undefined> {
  const { request, origin, method, target, client } = exchange;
  const requestedAt = clock();
  const headers = new Headers(fields.map(([name, value]): [string, string] => [name, value]));
  const body = isRepeatable(exchange) ? null : request.body;
  try {
    const response = await send({ origin, clientHost: client.host, target, method, headers, body, signal });
    // workerd takes an interim answer for the final one: its body is the raw bytes of the real answer.
    if (response.status < 200 && !response.webSocket) return undefined;
    return {
      kind: 'answer',
      response,
      status: response.status,
      fields: fieldsOf(response.headers),
      requestedAt,
      receivedAt: clock(),
    };
  } catch {
    return undefined;
  }
}

function isRepeatable({ method }: Exchange): boolean {
  return method === 'GET' || method === 'HEAD';
}

function startDeadline(timeoutMs: number) {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), timeoutMs);
  return {
    signal: controller.signal,
    reason: () => (controller.signal.aborted ? 'timeout' : 'unreachable') as OriginFailure['why'],
    clear: () => clearTimeout(timer),
  };
}
