/**
 * The rest of the application as the proxy's origin: what is left to run for a request is its answer.
 *
 * A handler sees the request as an origin would: only the fields that may shape a shared answer, and nothing that Headrace
 * answers itself from the whole: conditions, ranges, codings.
 *
 * Errors  rejects when the handlers are asked a second time for one request, and when they take too long
 */

import type { Context } from 'hono';
import type { SendUpstream, UpstreamRequest } from '../adapters/upstream.ts';
import type { PlatformRequest } from '../platform.ts';
import { mayBeTaken } from './respond.ts';

/** The application, to be asked anew: `app` itself. */
export interface Application {
  fetch(request: Request, env?: unknown, context?: Context['executionCtx']): Response | Promise<Response>;
}

export interface AppOrigin {
  readonly send: SendUpstream;
  /** While `work` runs, the request's origin is what `next` runs. An answer that cannot be taken apart is handed on whole. */
  serve(c: Context, next: () => Promise<Response>, work: () => Promise<Response>): Promise<Response>;
  /** True for a request by which a refresh asks the application: it is to be handled, not looked up. */
  isRefresh(request: Request): boolean;
}

interface Turn {
  readonly c: Context;
  readonly next: () => Promise<Response>;
  taken: boolean;
  whole?: Response;
}

export function createAppOrigin(app: Application | undefined): AppOrigin {
  const turns = new WeakMap<Request, Turn>();
  const refreshes = new WeakSet<Request>();

  async function ask(turn: Turn, sent: UpstreamRequest): Promise<Response> {
    if (turn.taken) throw new Error('The handlers have run for this request');
    turn.taken = true;
    turn.c.req.raw = requestOf(turn.c, sent);
    const response = await inTime(turn.next(), sent.signal);
    if (mayBeTaken(response)) return response;
    turn.whole = response;
    return new Response(null, NOT_KEPT);
  }

  async function askAnew({ c }: Turn, sent: UpstreamRequest): Promise<Response> {
    if (!app) throw new Error('A refresh needs the application: cache({ app })');
    const request = requestOf(c, sent);
    refreshes.add(request);
    const answer = Promise.resolve(app.fetch(request, c.env, contextOf(c)));
    const response = await inTime(answer, sent.signal);
    return mayBeTaken(response) ? response : new Response(null, NOT_KEPT);
  }

  return {
    async send(sent) {
      const turn = sent.onBehalfOf && turns.get(sent.onBehalfOf.request);
      if (!turn) throw new Error('Nobody asked');
      return sent.onBehalfOf?.isBehind ? askAnew(turn, sent) : ask(turn, sent);
    },
    async serve(c, next, work) {
      const turn: Turn = { c, next, taken: false };
      turns.set(c.req.raw, turn);
      const response = await work();
      return turn.whole ?? response;
    },
    isRefresh: request => refreshes.has(request),
  };
}

/** What the proxy is told instead, so that nothing is stored. */
const NOT_KEPT = { status: 200, headers: { 'cache-control': 'no-store' } } as const;

const ANSWERED_HERE = [
  'accept-encoding',
  'if-match',
  'if-modified-since',
  'if-none-match',
  'if-range',
  'if-unmodified-since',
  'range',
];

function requestOf(c: Context, { method, target, headers, body }: UpstreamRequest): Request {
  const { cf } = c.req.raw as PlatformRequest;
  const fields = new Headers(headers);
  if (method === 'GET' || method === 'HEAD') for (const name of ANSWERED_HERE) fields.delete(name);
  const init = { method, headers: fields, body, ...(body && { duplex: 'half' }), ...(cf && { cf }) };
  return new Request(new URL(c.req.url).origin + target, init as RequestInit);
}

/** Hono throws where the runtime has none, as in Node. */
export function contextOf(c: Context): Context['executionCtx'] | undefined {
  try {
    return c.executionCtx;
  } catch {
    return undefined;
  }
}

/** A handler cannot be stopped, only no longer waited for. */
function inTime(answer: Promise<Response>, signal: AbortSignal): Promise<Response> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    answer.then(resolve, reject);
  });
}
