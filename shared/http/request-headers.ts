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
import { rememberByText } from '../primitives/remember.ts';
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
  /** The quiet ones go at once: to an origin that cannot be asked again when its Vary names them. @default false */
  readonly sendQuiet?: boolean;
}

/** For a cacheable request; `name` in lower case. */
export function classifyRequestHeader(
  name: string,
  { keyed, forwarded, sendQuiet = false }: RequestHeaderNames,
): RequestHeaderClass {
  const kind = kindOf(name);
  if (kind === 'own') return 'own';
  if (isDropped(kind, forwarded.has(name))) return 'drop';
  if (kind === 'harmless' || forwarded.has(name) || keyed.has(name)) return 'forward';
  if (kind === 'quiet') return sendQuiet ? 'forward' : 'quiet';
  return 'unknown';
}

/** For a request of any method: connection headers, and names by which a client could speak for a proxy. */
export function isNeverForwarded(name: string, forwarded: ReadonlySet<string>): boolean {
  return isDropped(kindOf(name), forwarded.has(name));
}

/** The operator may name an override on purpose, for an origin that needs it; never what belongs to the connection. */
function isDropped(kind: NameKind, isPromised: boolean): boolean {
  return kind === 'hop-by-hop' || (kind === 'override' && !isPromised);
}

type NameKind = 'own' | 'hop-by-hop' | 'override' | 'harmless' | 'quiet' | 'unknown';

/** Every browser sends the same names with every request. */
const kindOf = rememberByText((name): NameKind => {
  if (OWN_HEADERS.has(name)) return 'own';
  if (HOP_BY_HOP_FIELDS.has(name)) return 'hop-by-hop';
  if (isOverride(name)) return 'override';
  if (HARMLESS_HEADERS.has(name)) return 'harmless';
  return isQuiet(name) ? 'quiet' : 'unknown';
});

const OWN_HEADERS: ReadonlySet<string> = new Set([
  ...CONDITIONAL_FIELDS,
  'accept-encoding',
  'cdn-loop',
  'content-length',
  'expect',
  'host',
  'pragma',
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
