/**
 * Which stored URLs an answered request has made out of date.
 *
 * Any method counts that is not known to leave pages alone, and any answer that is no error. Location and Content-Location count on the
 * target's own origin only, or one site could empty another's cache.
 *
 * Shape   exchange -> absolute URLs without fragment, the target first; [] when nothing changed
 * Errors  none (total)
 * Source  RFC 9111 §4.4; RFC 9110 §9.2.1
 */
import { type Fields, fieldValue } from './fields.ts';
import { type AskedUrl, sameOriginUrl } from './same-origin.ts';

export interface AnsweredRequest extends AskedUrl {
  readonly method: string;
  readonly status: number;
  readonly fields: Fields;
}

export function invalidatedUrls(answered: AnsweredRequest): readonly string[] {
  const { method, url, status, fields } = answered;
  if (!isUnsafe(method) || status < 200 || status > 399) return [];
  const references = ['location', 'content-location'].map(name => fieldValue(fields, name));
  const named = references.map(reference =>
    reference === undefined ? undefined : sameOriginUrl(reference, answered),
  );
  return [...new Set([url.replace(/#.*$/s, ''), ...named.filter(found => found !== undefined)])];
}

/** An extension method may change anything (RFC 9111 §4.4). */
export function isUnsafe(method: string): boolean {
  return !SAFE_METHODS.has(method) && !CACHE_METHODS.has(method);
}

/** Orders to a cache behind this one. They change no page; and who may empty this one has the admin token. */
const CACHE_METHODS = new Set(['BAN', 'PURGE']);

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'QUERY', 'PROPFIND', 'REPORT', 'SEARCH']);
