/**
 * Removes what belongs to one connection only, from requests and responses.
 *
 * Connection may name further fields, but not those that a message is meant to carry end to end: otherwise a client could
 * have `Connection: authorization` strip its credentials after they were judged, or an origin its own Set-Cookie.
 *
 * Errors  none (total)
 * Source  RFC 9110 §7.6.1, §11.7; RFC 9111 §3.1
 */
import { type Fields, fieldValue } from './fields.ts';
import { splitList } from './grammar.ts';

export const HOP_BY_HOP_FIELDS: ReadonlySet<string> = new Set([
  'connection',
  'http2-settings',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authentication-info',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

export function withoutHopByHop(fields: Fields): Fields {
  const named = connectionOptions(fields);
  return fields.filter(([name]) => !HOP_BY_HOP_FIELDS.has(name) && !named.has(name));
}

function connectionOptions(fields: Fields): ReadonlySet<string> {
  const options = splitList(fieldValue(fields, 'connection') ?? '').map(option => option.toLowerCase());
  return new Set(options.filter(option => !isEndToEnd(option)));
}

function isEndToEnd(name: string): boolean {
  return END_TO_END.has(name) || END_TO_END_PREFIXES.some(prefix => name.startsWith(prefix));
}

const END_TO_END_PREFIXES = ['content-', 'if-', 'x-forwarded-'];

const END_TO_END = new Set([
  'age',
  'authorization',
  'cache-control',
  'cache-group-invalidation',
  'cache-groups',
  'cache-tag',
  'cdn-cache-control',
  'cdn-loop',
  'cookie',
  'date',
  'etag',
  'expires',
  'forwarded',
  'headrace-cache-control',
  'host',
  'last-modified',
  'location',
  'no-vary-search',
  'pragma',
  'range',
  'set-cookie',
  'surrogate-control',
  'surrogate-key',
  'vary',
  'via',
]);
