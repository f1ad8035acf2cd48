/**
 * The trace of each request, made when somebody needs it first: an answer from memory that nobody logs has none.
 *
 * Shape   Request -> Trace, the same for as long as the request lasts
 * Errors  none
 * Cost    nothing until it is asked for; then two random numbers
 */

import {
  continueTrace,
  formatTraceparent,
  type RandomHex,
  type Trace,
} from '../../shared/http/trace-context.ts';
import type { SendUpstream } from '../adapters/upstream.ts';

export interface Traces {
  of(request: Request): Trace;
  /** Absent where nobody has needed it yet. */
  known(request: Request): Trace | undefined;
}

export interface TraceOptions {
  readonly randomHex: RandomHex;
  /** From 0 to below 1. */
  readonly random: () => number;
  /** Of the traces that begin here. */
  readonly sampledShare: number;
}

export function createTraces({ randomHex, random, sampledShare }: TraceOptions): Traces {
  const traces = new WeakMap<Request, Trace>();

  function begin({ headers }: Request): Trace {
    const trace = continueTrace(
      {
        traceparent: headers.get('traceparent') ?? undefined,
        tracestate: headers.get('tracestate') ?? undefined,
      },
      randomHex,
    );
    return trace.parentId === undefined ? { ...trace, isSampled: random() < sampledShare } : trace;
  }

  return {
    of(request) {
      const trace = traces.get(request) ?? begin(request);
      traces.set(request, trace);
      return trace;
    },
    known: request => traces.get(request),
  };
}

/**
 * Whoever the edge asks goes on in the trace of the client's request. The fields are set where the request is sent, so they
 * are in no key, and what they hold can make no variant of an answer.
 */
export function traceOrigins(send: SendUpstream, traces: Traces): SendUpstream {
  return request => {
    if (!request.onBehalfOf) return send(request);
    const trace = traces.of(request.onBehalfOf.request);
    request.headers.set('traceparent', formatTraceparent(trace));
    if (trace.state === undefined || MAY_BE_SHARED.has(request.method)) request.headers.delete('tracestate');
    else request.headers.set('tracestate', trace.state);
    return send(request);
  };
}

/** Its words are the client's own: an origin that repeats them in a page would have them stored for everyone. */
const MAY_BE_SHARED: ReadonlySet<string> = new Set(['GET', 'HEAD']);
