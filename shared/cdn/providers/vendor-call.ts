/**
 * One request to a vendor's API in JSON, with a bearer token: what came back, or that nothing did.
 *
 * The token goes to the API's own address and nowhere else: what an answer names is asked there or not at all.
 *
 * Units   ms
 * Errors  none but the caller's own signal
 * Cost    one request; a token that is refused is renewed once
 */

import { parseRetryAfterMs } from '../../http/retry-after.ts';
import type { Clock } from '../../primitives/clock.ts';
import type { SendOutcome } from '../provider.ts';
import type { GetToken } from '../tokens/get-token.ts';

export interface VendorDeps {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly getToken: GetToken;
  readonly clock: Clock;
}

export interface VendorRequest {
  readonly method: 'GET' | 'POST';
  /** Where the API begins, with a slash at its end or without. */
  readonly apiUrl: string;
  readonly path: string;
  readonly body?: object;
}

export type VendorAnswer =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly header: (name: string) => string | null;
      /** Undefined where it is no JSON. */
      readonly body: unknown;
    }
  | { readonly kind: 'silent'; readonly message: string };

export type Answered = VendorAnswer & { readonly kind: 'answered' };

const TIMEOUT_MS = 10_000;

export async function askVendor(
  request: VendorRequest,
  deps: VendorDeps,
  signal: AbortSignal,
): Promise<VendorAnswer> {
  const first = await ask(request, deps, { signal, renew: false });
  if (first.kind === 'silent' || first.status !== 401) return first;
  return ask(request, deps, { signal, renew: true });
}

async function ask(
  { method, apiUrl, path, body }: VendorRequest,
  { fetch, getToken }: VendorDeps,
  { signal, renew }: { readonly signal: AbortSignal; readonly renew: boolean },
): Promise<VendorAnswer> {
  const bounded = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);
  try {
    const token = sendable(await getToken({ renew, signal: bounded }));
    const response = await fetch(apiUrl.replace(/\/$/, '') + path, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
      redirect: 'manual',
      signal: bounded,
    });
    const text = await response.text();
    const { status, headers } = response;
    return { kind: 'answered', status, header: name => headers.get(name), body: parseJson(text) };
  } catch (error) {
    signal.throwIfAborted();
    return { kind: 'silent', message: `It gave no answer: ${messageOf(error)}` };
  }
}

/** RFC 6750 §2.1. Whoever refuses any other as a header's text repeats it in the error. */
function sendable(token: string): string {
  if (/^[!-~]+$/.test(token)) return token;
  throw new TypeError('the token is no text that a header can carry');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function messageOf(error: unknown): string {
  const { message, cause } = Object(error) as { message?: unknown; cause?: { message?: unknown } };
  return String(cause?.message ?? message ?? error);
}

/** What a status means that the vendor gives no meaning of its own. */
export function outcomeOfFailure(
  { status, header }: Answered,
  said: string,
  clock: Clock,
): Exclude<SendOutcome, { kind: 'accepted' }> {
  const message = `It answered ${status}${said && `: ${said}`}`.slice(0, 300);
  // A success that nobody can read, cut off or a proxy's page, may have been one.
  if (status < 300)
    return { kind: 'failed', code: 'CDN_UNAVAILABLE', message: `${message}, and not as it should` };
  if (status === 429) {
    const retryAfterMs = parseRetryAfterMs(header('retry-after'), clock());
    return { kind: 'throttled', message, ...(retryAfterMs !== undefined && { retryAfterMs }) };
  }
  if (status >= 500 || status === 408 || status === 409)
    return { kind: 'failed', code: 'CDN_UNAVAILABLE', message };
  if (status === 401 || status === 403)
    return { kind: 'refused', concerns: 'cdn', code: 'CDN_ACCESS_DENIED', message };
  if (status === 404 || status < 400)
    return { kind: 'refused', concerns: 'cdn', code: 'CDN_UNKNOWN', message };
  return { kind: 'refused', concerns: 'call', code: 'CDN_REFUSED', message };
}

export function silent({ message }: VendorAnswer & { kind: 'silent' }): SendOutcome {
  return { kind: 'failed', code: 'CDN_UNREACHABLE', message };
}
