/**
 * The port to HTTP as the Redis transport needs it: one POST, one whole answer. What a runtime is best at sits behind it:
 * `fetch` in a Worker, a client of its own in Node.
 *
 * Errors  rejects, with anything, when no whole answer came or the signal ended it; an answer of any status is an answer
 * Cost    one HTTP request, never a second one; a redirect is an answer and is not followed: the token is for one host
 */

import type { UpstashAnswer } from './upstash-answer.ts';

export type HttpSend = (post: HttpPost) => Promise<HttpAnswer>;

export interface HttpPost {
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
  readonly signal: AbortSignal;
}

export interface HttpAnswer extends UpstashAnswer {
  /** One field of the answer, which is all that is ever asked of them; its name in lower case. */
  header(name: string): string | null;
}

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export function sendByFetch(fetch: Fetch): HttpSend {
  return async ({ url, headers, body, signal }) => {
    const response = await fetch(url, {
      method: 'POST',
      headers,
      body: body as NonNullable<RequestInit['body']>,
      signal,
      redirect: 'manual',
    });
    const bytes = new Uint8Array(await response.arrayBuffer());
    return { status: response.status, bytes, header: name => response.headers.get(name) };
  };
}
