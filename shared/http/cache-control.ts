/**
 * Reads Cache-Control, of a request or a response, into one typed record.
 *
 * What is malformed counts against reuse and never for it: a broken `no-store` still forbids, a broken `max-age` is 0,
 * a broken `public` permits nothing. Of duplicates the stricter holds, which is never fresher than the first (§4.2.1).
 *
 * Units   seconds
 * Errors  none (total)
 * Source  RFC 9111 §4.2.1, §5.2, §5.4; RFC 5861 §3, §4; RFC 8246 §2
 */
import { type Directive, readDirectives } from './directives.ts';
import { type Fields, fieldValue } from './fields.ts';
import { isToken, parseDeltaSeconds, splitList } from './grammar.ts';

export interface CacheControl {
  readonly maxAge?: number;
  readonly sMaxage?: number;
  /** True for the whole response, or the field names the qualified form lists. */
  readonly noCache: Qualified;
  readonly private: Qualified;
  readonly noStore: boolean;
  readonly public: boolean;
  readonly mustRevalidate: boolean;
  readonly proxyRevalidate: boolean;
  readonly mustUnderstand: boolean;
  readonly noTransform: boolean;
  readonly immutable: boolean;
  readonly onlyIfCached: boolean;
  /** 'any' when the request takes a stale response of any age. */
  readonly maxStale?: number | 'any';
  readonly minFresh?: number;
  readonly staleWhileRevalidate?: number;
  readonly staleIfError?: number;
}

export type Qualified = boolean | readonly string[];

export const NO_DIRECTIVES: CacheControl = Object.freeze(emptyRecord());

export function parseCacheControl(value: string | undefined): CacheControl {
  if (value === undefined) return NO_DIRECTIVES;
  const record = emptyRecord();
  for (const directive of readDirectives(value)) apply(record, directive);
  return record;
}

/** The directives a request is under; Pragma speaks only when Cache-Control is absent (§5.4). */
export function parseRequestDirectives(fields: Fields): CacheControl {
  const value = fieldValue(fields, 'cache-control');
  if (value !== undefined) return parseCacheControl(value);
  const pragma = parseCacheControl(fieldValue(fields, 'pragma'));
  return pragma.noCache === false ? NO_DIRECTIVES : { ...NO_DIRECTIVES, noCache: true };
}

/** The directives a response puts this cache under. */
export function parseResponseDirectives(fields: Fields): CacheControl {
  return parseCacheControl(fieldValue(fields, 'cache-control'));
}

type CacheControlDraft = { -readonly [Key in keyof CacheControl]: CacheControl[Key] };

type Ban = 'noStore' | 'mustRevalidate' | 'proxyRevalidate' | 'noTransform' | 'onlyIfCached';
type Permission = 'public' | 'immutable' | 'mustUnderstand';
type Allowance = 'maxAge' | 'sMaxage' | 'staleWhileRevalidate' | 'staleIfError';

const BANS: ReadonlyMap<string, Ban> = new Map([
  ['no-store', 'noStore'],
  ['must-revalidate', 'mustRevalidate'],
  ['proxy-revalidate', 'proxyRevalidate'],
  ['no-transform', 'noTransform'],
  ['only-if-cached', 'onlyIfCached'],
]);

const PERMISSIONS: ReadonlyMap<string, Permission> = new Map([
  ['public', 'public'],
  ['immutable', 'immutable'],
  ['must-understand', 'mustUnderstand'],
]);

const QUALIFIABLE: ReadonlyMap<string, 'noCache' | 'private'> = new Map([
  ['no-cache', 'noCache'],
  ['private', 'private'],
]);

/** Durations that permit: of two the smaller is the stricter. min-fresh demands, so there it is the larger. */
const ALLOWANCES: ReadonlyMap<string, Allowance> = new Map([
  ['max-age', 'maxAge'],
  ['s-maxage', 'sMaxage'],
  ['stale-while-revalidate', 'staleWhileRevalidate'],
  ['stale-if-error', 'staleIfError'],
]);

function apply(record: CacheControlDraft, given: Directive): void {
  const { name } = given;
  const ban = BANS.get(name);
  const permission = PERMISSIONS.get(name);
  const qualifiable = QUALIFIABLE.get(name);
  const allowance = ALLOWANCES.get(name);
  if (ban) record[ban] = true;
  else if (permission) record[permission] ||= isPlain(given);
  else if (qualifiable) record[qualifiable] = stricter(record[qualifiable], qualifiedBy(given));
  else if (allowance) record[allowance] = smaller(record[allowance], secondsOf(given));
  else if (name === 'max-stale') record.maxStale = smallerStale(record.maxStale, given);
  else if (name === 'min-fresh') record.minFresh = Math.max(record.minFresh ?? 0, secondsOf(given));
}

function emptyRecord(): CacheControlDraft {
  return {
    noCache: false,
    private: false,
    noStore: false,
    public: false,
    mustRevalidate: false,
    proxyRevalidate: false,
    mustUnderstand: false,
    noTransform: false,
    immutable: false,
    onlyIfCached: false,
  };
}

/** Permissions are believed only in their exact form. */
function isPlain(directive: Directive): boolean {
  return directive.argument === undefined && !directive.malformed;
}

function secondsOf(directive: Directive): number {
  if (directive.malformed || directive.argument === undefined) return 0;
  return parseDeltaSeconds(directive.argument) ?? 0;
}

function smaller(known: number | undefined, given: number): number {
  return known === undefined ? given : Math.min(known, given);
}

function smallerStale(known: number | 'any' | undefined, given: Directive): number | 'any' {
  if (isPlain(given)) return known ?? 'any';
  return smaller(known === 'any' ? undefined : known, secondsOf(given));
}

function stricter(known: Qualified, given: Qualified): Qualified {
  if (known === true || given === true) return true;
  return [...(known || []), ...(given || [])];
}

function qualifiedBy(directive: Directive): Qualified {
  if (directive.malformed || directive.argument === undefined) return true;
  const names = splitList(directive.argument).map(name => name.toLowerCase());
  const usable = names.length > 0 && names.every(name => isToken(name) && !INDISPENSABLE.has(name));
  return usable ? names : true;
}

/** A stored response that loses one of these would be read, keyed or aged wrongly: then the unqualified form holds. */
const INDISPENSABLE = new Set([
  'age',
  'cache-control',
  'content-encoding',
  'content-length',
  'content-range',
  'content-type',
  'date',
  'expires',
  'vary',
]);
