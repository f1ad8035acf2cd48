/**
 * The last touch to every response: the headers that its route gives the client where the origin has no word of its own,
 * Server-Timing where it is wanted, and the name that the client gave its request. None of it is stored.
 *
 * A 304 is left alone: what it says would take the place of what the client has stored, the origin's own word included.
 *
 * Errors  none
 * Cost    a look at the request's fields where nothing is asked for
 */

import { fieldsOf } from '../../shared/http/fields.ts';
import { REQUEST_ID_FIELD, requestIdOf } from '../../shared/http/request-id.ts';
import { addSecurityHeaders } from '../../shared/http/security-headers.ts';
import { isWebSocketAnswer } from '../adapters/upstream.ts';
import type { Exchange } from './exchange.ts';
import { formatTiming, type Timing } from './timing.ts';

export type Finishing = Pick<Exchange, 'route' | 'client' | 'fields'>;

export function finish(
  answer: Response | Promise<Response>,
  exchange: Finishing,
  timing: Timing | undefined,
): Response | Promise<Response> {
  const { responseHeaders, security } = exchange.route;
  const requestId = requestIdOf(exchange.fields);
  if (responseHeaders.length === 0 && !security && !timing && requestId === undefined) return answer;
  const add = (response: Response) => addTo(response, exchange, { timing, requestId });
  return answer instanceof Promise ? answer.then(add) : add(answer);
}

interface Added {
  readonly timing: Timing | undefined;
  readonly requestId: string | undefined;
}

function addTo(response: Response, { route, client }: Finishing, { timing, requestId }: Added): Response {
  if (isWebSocketAnswer(response)) return response;
  const { headers } = response;
  if (timing) headers.append('server-timing', formatTiming(timing.measure()));
  if (response.status === 304) return response;
  if (requestId !== undefined) headers.set(REQUEST_ID_FIELD, requestId);
  for (const [name, value] of route.responseHeaders) if (!headers.has(name)) headers.set(name, value);
  if (!route.security) return response;
  const hardened = addSecurityHeaders(fieldsOf(headers), route.security, client.scheme === 'https');
  for (const [name, value] of hardened) if (!headers.has(name)) headers.set(name, value);
  return response;
}
