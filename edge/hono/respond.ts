/**
 * Takes a context's response out, and puts another one in its place: Hono would merge their header fields.
 */

import type { Context } from 'hono';
import { isWebSocketAnswer } from '../adapters/upstream.ts';

export function takeResponse(c: Context): Response {
  const { res } = c;
  c.res = undefined;
  if (!mayBeTaken(res)) return res;
  // Fields of a response that came from fetch cannot be changed.
  return new Response(res.body, res);
}

/**
 * An upgrade is more than its fields. And of a body with a coding nobody can tell whether its bytes have it already: those of
 * `fetch` are decoded as they are read, and workerd encodes plain ones as they are sent.
 */
export function mayBeTaken(response: Response): boolean {
  return !isWebSocketAnswer(response) && !response.headers.has('content-encoding');
}

export function respond(c: Context, response: Response): void {
  c.res = undefined;
  c.res = response;
}
