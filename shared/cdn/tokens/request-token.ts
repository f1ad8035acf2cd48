/**
 * Asks an OAuth 2.0 issuer for a token.
 *
 * Errors  Error with what the issuer said; it repeats nothing that was sent
 * Source  RFC 6749 §5.1, §5.2
 */

import type { Clock } from '../../primitives/clock.ts';
import { fieldsOf, textOf } from '../providers/read-answer.ts';
import type { IssuedToken } from './get-token.ts';

export interface IssuerDeps {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly clock: Clock;
}

export interface TokenRequest extends IssuerDeps {
  readonly signal: AbortSignal;
  readonly form: Readonly<Record<string, string>>;
}

export async function requestToken(
  url: string,
  { fetch, clock, signal, form }: TokenRequest,
): Promise<IssuedToken> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
    redirect: 'manual',
    signal,
  });
  const answer = fieldsOf(await response.json().catch(() => undefined));
  const { access_token: token, expires_in: seconds } = answer;
  if (response.ok && typeof token === 'string')
    return { token, endsAt: clock() + (Number(textOf(seconds)) || 0) * 1_000 };
  throw new Error(`The issuer of tokens answered ${response.status} ${textOf(answer.error).slice(0, 100)}`);
}
