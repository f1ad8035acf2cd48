/**
 * CORS preflight: what a browser asks, and how long the answer may be kept where a route allows it.
 *
 * HTTP itself lets nobody cache OPTIONS; it is right here because the question is all in these fields and the answer names
 * its own lifetime, Access-Control-Max-Age, which is meant for a browser's cache of preflights.
 *
 * Shape   request -> Preflight | undefined; Preflight -> text for the key; answer -> seconds (0: not to be kept)
 * Units   seconds
 * Errors  none (total)
 * Source  Fetch §3.3.2, §3.3.6, §4.9; RFC 9110 §9.3.7
 */
import { type Fields, fieldValue, hasField } from './fields.ts';
import { isToken, parseDeltaSeconds, splitList, trimWhitespace } from './grammar.ts';

export interface Preflight {
  readonly origin: string;
  readonly method: string;
  /** Lower-case, sorted, each once. */
  readonly headers: readonly string[];
}

/** Undefined for any other OPTIONS request, and for one whose fields are no names. */
export function parsePreflight(method: string, fields: Fields): Preflight | undefined {
  const origin = fieldValue(fields, 'origin');
  const asked = fieldValue(fields, 'access-control-request-method');
  if (method !== 'OPTIONS' || origin === undefined || asked === undefined || !isToken(asked))
    return undefined;
  const names = splitList(fieldValue(fields, 'access-control-request-headers') ?? '');
  if (!names.every(isToken)) return undefined;
  const headers = [...new Set(names.map(name => name.toLowerCase()))].sort();
  return { origin, method: asked, headers };
}

/** No two questions have the same text. */
export function preflightKey({ origin, method, headers }: Preflight): string {
  return JSON.stringify([origin, method, ...headers]);
}

/** What browsers keep a preflight for without being told, and the longest any of them does. */
const UNSAID_SECONDS = 5;
const LONGEST_SECONDS = 86_400;

export function preflightTtlSeconds(status: number, fields: Fields): number {
  const allows = status >= 200 && status <= 299 && hasField(fields, 'access-control-allow-origin');
  if (!allows || hasField(fields, 'set-cookie')) return 0;
  const maxAge = fieldValue(fields, 'access-control-max-age');
  if (maxAge === undefined) return UNSAID_SECONDS;
  return Math.min(parseDeltaSeconds(trimWhitespace(maxAge)) ?? 0, LONGEST_SECONDS);
}
