/**
 * Calls a route of the edge by its name, typed by the table of routes.
 *
 * Shape   call('POST /api/admin/cache/purge', { body }) -> the parsed answer
 * Errors  HeadraceApiError; the reason of the caller's own signal when that ends it
 * Cost    one request; nothing is tried again
 */

import { errorOf, HeadraceApiError, unreadable } from './api-error.ts';
import type { CallAnswer, CallInput, CallName } from './route-types.ts';

export interface CallOptions {
  /** Where the edge is, with HEADRACE_BASE behind it: https://www.example.com */
  readonly url: string;
  /** ADMIN_TOKEN. @default none: the routes for everyone only */
  readonly token?: string | undefined;
  /** @default the runtime's own */
  readonly fetch?: typeof fetch;
  /** Of one call, its answer read. @default 10_000 */
  readonly timeoutMs?: number;
}

/** What any call may be given besides what it asks. */
export interface CallSettings {
  /** Ends the call; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

export type Call = <Name extends CallName>(
  name: Name,
  ...input: Partial<CallInput<Name>> extends CallInput<Name> ? [CallInput<Name>?] : [CallInput<Name>]
) => Promise<CallAnswer<Name>>;

export interface RawInput {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: object;
  readonly headers?: object;
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
  /** In place of the client's own. */
  readonly timeoutMs?: number;
}

/** A response that is no problem; for what is read bit by bit. */
export type Send = (name: CallName, input?: RawInput) => Promise<Response>;

export function createCall(send: Send): Call {
  const call = async (name: CallName, input: RawInput = {}) => {
    const response = await send(name, input);
    if (isForeign(name, response)) throw unreadable(response);
    return read(response).catch(cause => Promise.reject(wordFailure(cause, response, input.signal)));
  };
  return call as Call;
}

export function createSend(options: CallOptions): Send {
  const { fetch: ask = (to, init) => fetch(to, init), timeoutMs = 10_000 } = options;
  return async (name, input = {}) => {
    const timeout = AbortSignal.timeout(input.timeoutMs ?? timeoutMs);
    const response = await ask(addressOf(name, input, options), {
      method: name.slice(0, name.indexOf(' ')),
      headers: headersOf(input, options),
      ...(input.body !== undefined && { body: JSON.stringify(input.body) }),
      signal: input.signal ? AbortSignal.any([input.signal, timeout]) : timeout,
    }).catch(cause => Promise.reject(wordFailure(cause, undefined, input.signal)));
    if (isProblem(name, response)) throw await errorOf(response);
    return response;
  };
}

function addressOf(name: string, { params = {}, query = {} }: RawInput, { url }: CallOptions): string {
  const path = name
    .slice(name.indexOf(' ') + 1)
    .replace(/:(\w+)/g, (_, param: string) => encodeURIComponent(params[param] ?? ''));
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  const search = new URLSearchParams(
    given.map(([key, value]): [string, string] => [key, String(value)]),
  ).toString();
  return `${url.replace(/\/+$/, '')}${path}${search && `?${search}`}`;
}

function headersOf({ headers = {}, body }: RawInput, { token }: CallOptions): Headers {
  const given = Object.entries(headers).filter(([, value]) => value !== undefined);
  const all = new Headers(given.map(([key, value]): [string, string] => [key, String(value)]));
  if (token) all.set('authorization', `Bearer ${token}`);
  if (body !== undefined) all.set('content-type', 'application/json');
  return all;
}

/** A report of health is one also with 503; anybody else's JSON with an error's status is none of the edge's answers. */
function isProblem(name: CallName, response: Response): boolean {
  const isReport = name === 'GET /api/performance/health' && typeOf(response) === 'application/json';
  return !response.ok && !isReport;
}

/** A page where figures were asked for is the origin's: the edge's own routes are not where the client thinks. */
function isForeign(name: CallName, response: Response): boolean {
  return typeOf(response) === 'text/html' && !name.startsWith('GET /dashboard');
}

async function read(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined;
  return typeOf(response).startsWith('text/') ? response.text() : response.json();
}

function typeOf(response: Response): string {
  return (response.headers.get('content-type') ?? '').split(';', 1)[0] ?? '';
}

/** Who ends a call is told what they ended it with. */
function wordFailure(cause: unknown, response?: Response, own?: AbortSignal): unknown {
  if (own?.aborted) return cause;
  if (response && cause instanceof SyntaxError) return unreadable(response);
  const isLate = cause instanceof Error && cause.name === 'TimeoutError';
  const code = isLate ? 'EDGE_TIMEOUT' : 'EDGE_UNREACHABLE';
  const title = isLate ? 'The edge did not answer in time' : 'The edge cannot be reached';
  return new HeadraceApiError({ status: 0, code, title }, { cause });
}
