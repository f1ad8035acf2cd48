/**
 * Tells the log of requests, one line of JSON each: of a share of all, of every one that failed, and of every slow one.
 *
 * No query, no header but the request's own name, no address: paths are what a page is called, the rest may be somebody's.
 *
 * Shape   -> {kind: 'request', why, at, requestId, traceId, spanId, method, host, path, route, status, outcome, …}
 * Units   instants epoch ms, durations ms, sizes in bytes
 * Errors  none
 * Cost    a random number for each request; a line for those that are told
 */

import { parseRequestId, REQUEST_ID_FIELD } from '../../shared/http/request-id.ts';
import type { Answered, Asking } from '../proxy/answered.ts';
import type { Traces } from './traces.ts';

export interface RequestLogDeps {
  readonly write: (line: string) => void;
  readonly random: () => number;
  readonly traces: Traces;
}

export interface RequestLogOptions {
  readonly slowMs: number;
  /** Of those that neither failed nor were slow. */
  readonly share: number;
}

export type WhyLogged = 'error' | 'slow' | 'sampled';

export function createRequestLog({ write, random, traces }: RequestLogDeps, options: RequestLogOptions) {
  /** A trace that began here was drawn when it did, and its origin was told so: the log holds what the trace promises. */
  function isDrawn({ request }: Asking): boolean {
    const trace = traces.known(request);
    return trace && trace.parentId === undefined ? trace.isSampled : random() < options.share;
  }

  function whyLogged({ status, outcome, totalMs }: Answered, asking: Asking): WhyLogged | undefined {
    // What only-if-cached gets where nothing is cached is no failure: it asked for it.
    if (status >= 500 && !(outcome === 'refused' && status === 504)) return 'error';
    if (totalMs >= options.slowMs) return 'slow';
    return isDrawn(asking) ? 'sampled' : undefined;
  }

  return (answered: Answered, asking: Asking): void => {
    const why = whyLogged(answered, asking);
    if (why) write(JSON.stringify(lineOf(answered, asking, { why, traces })));
  };
}

export function requestIdIn({ request }: Pick<Asking, 'request'>, traces: Traces): string {
  return parseRequestId(request.headers.get(REQUEST_ID_FIELD)) ?? traces.of(request).traceId;
}

/** Longer ones are cut: a line is for reading. */
export const LONGEST_PATH = 256;

function lineOf(answered: Answered, asking: Asking, { why, traces }: { why: WhyLogged; traces: Traces }) {
  const { startedAt, method, route, status, outcome, level, totalMs, lookupMs, originMs, bodyBytes } =
    answered;
  const { traceId, spanId, parentId } = traces.of(asking.request);
  return {
    kind: 'request',
    why,
    at: startedAt,
    requestId: requestIdIn(asking, traces),
    traceId,
    spanId,
    parentId,
    method: method.slice(0, 32),
    host: asking.url.host.slice(0, LONGEST_PATH),
    path: asking.url.pathname.slice(0, LONGEST_PATH),
    route,
    status,
    outcome,
    level,
    totalMs,
    lookupMs,
    originMs,
    bodyBytes,
  };
}
