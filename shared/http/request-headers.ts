/**
 * What becomes of each request header on its way to the origin.
 *
 * A header that reaches the origin without being part of the key can shape an answer that everyone then gets (cache
 * poisoning). So on a cacheable request: what is keyed goes, a short list of harmless ones goes, noise and overrides stop
 * here, and the unknown goes too, but then the answer is stored only if its Vary names it (`decideStorable`).
 *
 * Errors  none (total)
 * Source  RFC 9110 §7.6.1, §7.6.3; RFC 9111 §5.2; Kettle, Practical Web Cache Poisoning (2018)
 */
import { CONDITIONAL_FIELDS } from './conditional.ts';
import { HOP_BY_HOP_FIELDS } from './hop-by-hop.ts';
import {
  HARMLESS_HEADERS,
  OVERRIDE_HEADERS,
  OVERRIDE_PREFIXES,
  QUIET_HEADERS,
  QUIET_PREFIXES,
} from './request-header-names.ts';

/**
 * forward  sent on as it is
 * own      Headrace writes it itself from facts (Host, X-Forwarded-*, its conditions): the client's never goes
 * drop     never sent, on any method
 * quiet    not sent unless keyed: browsers send it to everyone, and few origins heed it
 * unknown  sent, and the answer is stored only when its Vary names it
 */
export type RequestHeaderClass = 'forward' | 'own' | 'drop' | 'quiet' | 'unknown';

export interface RequestHeaderNames {
  /** In the key of this request: by the route, or because the URL's known Vary names it. */
  readonly keyed: ReadonlySet<string>;
  /** The operator's promise that the origin does not reflect these (FORWARD_HEADERS, the route's headers). */
  readonly forwarded: ReadonlySet<string>;
}

/** For a cacheable request; `name` in lower case. */
export function classifyRequestHeader(
  name: string,
  { keyed, forwarded }: RequestHeaderNames,
): RequestHeaderClass {
  if (OWN_HEADERS.has(name)) return 'own';
  if (isNeverForwarded(name, forwarded)) return 'drop';
  if (forwarded.has(name) || keyed.has(name) || HARMLESS_HEADERS.has(name)) return 'forward';
  return isQuiet(name) ? 'quiet' : 'unknown';
}

/** For a request of any method: connection headers, and names by which a client could speak for a proxy. */
export function isNeverForwarded(name: string, forwarded: ReadonlySet<string>): boolean {
  if (HOP_BY_HOP_FIELDS.has(name)) return true;
  return isOverride(name) && !forwarded.has(name);
}

const OWN_HEADERS: ReadonlySet<string> = new Set([
  ...CONDITIONAL_FIELDS,
  'accept-encoding',
  'cdn-loop',
  'content-length',
  'expect',
  'host',
  'range',
  'via',
]);

/** CGI-like origins read `-` and `_`, and more, as one: `X_Forwarded_Host` would pass for the real one. */
const PLAIN_NAME = /^[a-z0-9-]+$/;

function isOverride(name: string): boolean {
  return !PLAIN_NAME.test(name) || OVERRIDE_HEADERS.has(name) || startsWithAny(name, OVERRIDE_PREFIXES);
}

function isQuiet(name: string): boolean {
  return QUIET_HEADERS.has(name) || startsWithAny(name, QUIET_PREFIXES);
}

function startsWithAny(name: string, prefixes: readonly string[]): boolean {
  return prefixes.some(prefix => name.startsWith(prefix));
}
