/**
 * Whether a response may be stored for everyone, and what of it.
 *
 * Shape   request + response + policy -> { storable: true } | { storable: false, why }
 * Errors  none (total)
 * Source  RFC 9111 §3, §3.1, §3.5, §5.2.1.5, §5.2.2
 */
import { parseRequestDirectives, withheldFields } from './cache-control.ts';
import { type Fields, fieldValue, hasField, withFields, withoutFields } from './fields.ts';
import { withoutHopByHop } from './hop-by-hop.ts';
import { formatHttpDate, parseHttpDate } from './http-date.ts';
import type { CachePolicy } from './policy.ts';
import { isUnderstood } from './status.ts';
import { selectDirectives } from './targeted.ts';
import { TRACE_FIELDS } from './trace-context.ts';
import { parseVary } from './vary.ts';
import { type Worthless, whyWorthless } from './worth.ts';

/** Short enough to be the detail of Cache-Status. */
export type NotStorable =
  | 'method'
  | 'request-no-store'
  | 'status'
  | 'partial'
  | 'no-store'
  | 'private'
  | 'set-cookie'
  | 'authorization'
  | 'cookie'
  | 'vary-star'
  | 'header'
  | Worthless;

export type Storability =
  | { readonly storable: true }
  | { readonly storable: false; readonly why: NotStorable };

export interface StorableInput {
  readonly method: string;
  /** As forwarded to the origin. */
  readonly requestFields: Fields;
  readonly status: number;
  readonly responseFields: Fields;
  readonly policy: CachePolicy;
  /** When the response was received. */
  readonly now: number;
  /** Names of forwarded request headers that are neither keyed nor known to be harmless. */
  readonly unnamedHeaders?: readonly string[];
}

export function decideStorable(input: StorableInput): Storability {
  const why =
    methodForbids(input) ??
    statusForbids(input) ??
    responseForbids(input) ??
    whyNotShared(input) ??
    worthlessness(input);
  return why === undefined ? { storable: true } : { storable: false, why };
}

/**
 * The fields that go into the store: without those of the connection (§3.1), without what the response keeps for one user
 * (§5.2.2.4, §5.2.2.7), without the age of this moment; with a Date, which every stored response has (RFC 9110 §6.6.1).
 */
export function storedFields(responseFields: Fields, receivedAt: number): Fields {
  const withheld = withheldFields(selectDirectives(responseFields).directives);
  const kept = withoutFields(withoutHopByHop(responseFields), [...withheld, ...NEVER_STORED]);
  const dated = parseHttpDate(fieldValue(kept, 'date') ?? '', receivedAt) !== undefined;
  return dated ? kept : withFields(kept, [['date', formatHttpDate(receivedAt)]]);
}

/** One client's cookies and trace, and an age that was true for a moment. */
const NEVER_STORED = ['age', 'set-cookie', 'set-cookie2', ...TRACE_FIELDS];

function methodForbids({ method, requestFields }: StorableInput): NotStorable | undefined {
  if (method !== 'GET') return 'method';
  return parseRequestDirectives(requestFields).noStore ? 'request-no-store' : undefined;
}

/** 304 is no response of its own to store; a 1xx is not final; a part is not the whole. */
function statusForbids({ status, policy }: StorableInput): NotStorable | undefined {
  if (status === 206) return 'partial';
  const impossible = status < 200 || status > 599 || status === 304;
  return impossible || policy.neverStoreStatuses.includes(status) ? 'status' : undefined;
}

function responseForbids({ status, responseFields }: StorableInput): NotStorable | undefined {
  const { noStore, mustUnderstand, private: isPrivate } = selectDirectives(responseFields).directives;
  if (mustUnderstand && !isUnderstood(status)) return 'status';
  if (noStore && !mustUnderstand) return 'no-store';
  if (isPrivate === true) return 'private';
  return hasField(responseFields, 'set-cookie') || hasField(responseFields, 'set-cookie2')
    ? 'set-cookie'
    : undefined;
}

export type SharingInput = Pick<
  StorableInput,
  'requestFields' | 'responseFields' | 'policy' | 'unnamedHeaders'
>;

/**
 * What one user's request brought about must not reach another unless the response says so (§3.5) or is keyed by it; nor
 * is what everyone gets good enough for a request whose answer might be its own.
 */
export function whyNotShared(input: SharingInput): NotStorable | undefined {
  const { responseFields, unnamedHeaders = [] } = input;
  const vary = parseVary(responseFields);
  if (vary === '*') return 'vary-star';
  const why = credentialsForbid(input, vary);
  if (why) return why;
  return unnamedHeaders.some(name => !vary.includes(name)) ? 'header' : undefined;
}

function credentialsForbid(
  { requestFields, responseFields, policy }: SharingInput,
  vary: readonly string[],
): NotStorable | undefined {
  const hasCookie = hasField(requestFields, 'cookie');
  const hasAuthorization = hasField(requestFields, 'authorization');
  if (!hasCookie && !hasAuthorization) return undefined;
  const { directives, targeted } = selectDirectives(responseFields);
  const { public: isPublic, sMaxage = 0, maxAge = 0, mustRevalidate } = directives;
  const isShared = isPublic || sMaxage > 0;
  if (hasAuthorization && !isShared && !mustRevalidate) return 'authorization';
  // Who addresses shared caches by name, with a lifetime, means to share.
  const takesCookies = isShared || (targeted && maxAge > 0) || policy.credentials === 'rfc';
  return hasCookie && !takesCookies && !vary.includes('cookie') ? 'cookie' : undefined;
}

function worthlessness({ status, responseFields, policy, now }: StorableInput): NotStorable | undefined {
  return whyWorthless({ status, fields: responseFields, policy, receivedAt: now });
}
