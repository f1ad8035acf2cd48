/**
 * Lets a request through that carries one of the admin tokens; without a token configured the door stays shut.
 *
 * Errors  401 ADMIN_TOKEN_WRONG, 401 ADMIN_CLOSED
 * Source  RFC 6750 §2.1, §3
 */

import { createMiddleware } from 'hono/factory';
import { equalsInConstantTime } from '../../shared/primitives/bytes.ts';
import { digestText } from '../../shared/primitives/hash.ts';
import { problemResponse } from '../problem-response.ts';

export function adminAuth(tokens: readonly string[]) {
  return createMiddleware(async (context, next) => {
    if (tokens.length === 0) return refuse('ADMIN_CLOSED', 'Set ADMIN_TOKEN to open the admin API.');
    const given = /^Bearer +(\S+)$/i.exec(context.req.header('authorization') ?? '')?.[1] ?? '';
    if (!(await isOneOf(tokens, given)))
      return refuse('ADMIN_TOKEN_WRONG', 'Send Authorization: Bearer <ADMIN_TOKEN>.');
    await next();
  });
}

/** Digests have one length, and all tokens are compared: the time taken tells neither length nor which one was close. */
async function isOneOf(tokens: readonly string[], given: string): Promise<boolean> {
  const [candidate, ...allowed] = await Promise.all([given, ...tokens].map(digestText));
  let matched = false;
  for (const digest of allowed)
    matched = equalsInConstantTime(digest, candidate ?? digest.subarray(1)) || matched;
  return matched;
}

function refuse(code: string, detail: string): Response {
  const challenge = { 'www-authenticate': 'Bearer realm="headrace"' };
  return problemResponse({ status: 401, code, title: 'This needs the admin token', detail }, challenge);
}
