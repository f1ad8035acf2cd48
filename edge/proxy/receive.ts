/**
 * The first look at a request: may the cache answer it, is it passed straight on, or is it refused?
 *
 * Shape   Request -> 'cacheable' | 'pass' (why) | 'refuse' (problem)
 * Errors  400 REQUEST_TARGET_AMBIGUOUS, 421 HOST_UNKNOWN, 431 REQUEST_HEADERS_TOO_LARGE, 508 REQUEST_LOOP
 * Source  RFC 9110 §15.5.20; RFC 6585 §5; RFC 8586 §2; RFC 5842 §7.2
 */

import type { Plan } from '../../shared/config/plan.ts';
import { parseRequestDirectives } from '../../shared/http/cache-control.ts';
import type { CacheForward } from '../../shared/http/cache-status.ts';
import { isLooping } from '../../shared/http/cdn-loop.ts';
import { type Fields, fieldsOf, hasField, withFields } from '../../shared/http/fields.ts';
import type { Problem } from '../../shared/http/problem.ts';
import { findTargetFault, type TargetFault } from '../../shared/http/request-target.ts';
import type { RequestUrl } from '../../shared/http/request-url.ts';
import { clientAcceptEncoding, clientAddress } from '../adapters/client.ts';
import type { CacheableExchange, Client, Exchange } from './exchange.ts';
import { forwardingOf, isWebSocket } from './forwarding.ts';
import { targetOf } from './key.ts';

export type Received =
  | { readonly kind: 'cacheable'; readonly exchange: CacheableExchange }
  | { readonly kind: 'pass'; readonly exchange: Exchange; readonly why: PassReason }
  | { readonly kind: 'refuse'; readonly problem: Problem };

export type PassReason = Pick<CacheForward, 'forwarded' | 'detail'>;

export function receive(request: Request, url: RequestUrl, plan: Plan): Received {
  const originName = plan.originOfHost(url.host);
  const route = plan.routes.select(url.pathname);
  const origin = plan.origins.get(route.origin ?? originName ?? '');
  if (originName === undefined || !origin) return { kind: 'refuse', problem: unknownHost(url.host) };
  const fault = url.isPlain ? undefined : findTargetFault(request.url);
  if (fault) return { kind: 'refuse', problem: ambiguousTarget(fault) };
  const fields = fieldsOfClient(request);
  if (sizeOf(fields) > plan.limits.maxHeaderBytes) return { kind: 'refuse', problem: HEADERS_TOO_LARGE };
  if (isLooping(fields)) return { kind: 'refuse', problem: LOOP };
  const client = clientOf(request, url);
  const exchange = {
    request,
    method: request.method,
    url,
    fields,
    client,
    origin,
    route,
    account: {},
    ...targetOf(url, route),
  };
  const why = whyPass(exchange, plan);
  if (why) return { kind: 'pass', exchange: { ...exchange, target: url.pathname + url.search }, why };
  const directives = parseRequestDirectives(fields);
  return { kind: 'cacheable', exchange: { ...exchange, directives, forwarding: forwardingOf(exchange) } };
}

/** Its address is told to the origin alone, so a hit never looks for it. */
function clientOf(request: Request, { host, protocol }: RequestUrl): Client {
  return { host, scheme: protocol.slice(0, -1), address: () => clientAddress(request) };
}

function whyPass(exchange: Exchange, { mode }: Plan): PassReason | undefined {
  const { method, fields, key } = exchange;
  if (mode === 'off') return { forwarded: 'bypass', detail: 'mode-off' };
  if (method !== 'GET' && method !== 'HEAD') return { forwarded: 'method' };
  if (isWebSocket(exchange)) return { forwarded: 'bypass', detail: 'upgrade' };
  if (ORIGIN_CONDITIONS.some(name => hasField(fields, name)))
    return { forwarded: 'bypass', detail: 'condition' };
  return key.length > LONGEST_KEY ? { forwarded: 'bypass', detail: 'url-length' } : undefined;
}

/** They guard against changes at the origin, which alone can tell (RFC 9111 §4.3.2). */
const ORIGIN_CONDITIONS = ['if-match', 'if-unmodified-since'];

/** A key goes to Redis with each of its tags' tokens; Upstash takes 32 KB, and no page is asked for by so many. */
const LONGEST_KEY = 8_192;

function fieldsOfClient(request: Request): Fields {
  const fields = fieldsOf(request.headers);
  const own = clientAcceptEncoding(request, fields);
  return own === undefined ? fields : withFields(fields, [['accept-encoding', own]]);
}

function sizeOf(fields: Fields): number {
  let total = 0;
  for (const field of fields) total += field[0].length + field[1].length + 4;
  return total;
}

function unknownHost(host: string): Problem {
  const detail = `No origin serves ${host}: name it under hosts in headrace.config.ts.`;
  return { status: 421, code: 'HOST_UNKNOWN', title: 'This host is not served here', detail };
}

function ambiguousTarget(fault: TargetFault): Problem {
  const detail = `Programs read it differently: ${fault}.`;
  return {
    status: 400,
    code: 'REQUEST_TARGET_AMBIGUOUS',
    title: 'The path of the request is ambiguous',
    detail,
  };
}

const LOOP: Problem = {
  status: 508,
  code: 'REQUEST_LOOP',
  title: 'The request goes round in circles',
  detail: 'CDN-Loop says that it came through here too often: is the origin in front of itself?',
};

const HEADERS_TOO_LARGE: Problem = {
  status: 431,
  code: 'REQUEST_HEADERS_TOO_LARGE',
  title: 'The request has too many header bytes',
  detail: 'The bound is limits.maxHeaderBytes in headrace.config.ts.',
};
