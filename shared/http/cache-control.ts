/**
 * Reads Cache-Control, of a request or a response, into one typed record.
 *
 * Units   seconds
 * Errors  none (total)
 * Source  RFC 9111 §5.2, §5.4; RFC 5861 §3, §4; RFC 8246 §2
 */
import { rememberByText } from '../primitives/remember.ts';
import {
  isPlain,
  type Qualified,
  qualifiedBy,
  secondsOf,
  smallerOf,
  smallerStalenessOf,
  stricterOf,
} from './directive-values.ts';
import { type Directive, readDirectives } from './directives.ts';
import { type Fields, fieldValue } from './fields.ts';

export interface CacheControl {
  readonly maxAge?: number;
  readonly sMaxage?: number;
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

export const NO_DIRECTIVES: CacheControl = Object.freeze(emptyRecord());

export function parseCacheControl(value: string | undefined): CacheControl {
  return value === undefined ? NO_DIRECTIVES : parseValue(value);
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

/** What the qualified forms keep out of a shared store (§5.2.2.4, §5.2.2.7); the rest of the response may go in. */
export function withheldFields({ noCache, private: isPrivate }: CacheControl): readonly string[] {
  return [noCache, isPrivate].flatMap(qualified => (typeof qualified === 'boolean' ? [] : qualified));
}

/** The same few values come with every response and every reload. */
const parseValue = rememberByText((value): CacheControl => {
  const record = emptyRecord();
  for (const directive of readDirectives(value)) applyDirective(record, directive);
  return Object.freeze(record);
});

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

function applyDirective(record: CacheControlDraft, given: Directive): void {
  const { name } = given;
  const ban = BANS.get(name);
  const permission = PERMISSIONS.get(name);
  const qualifiable = QUALIFIABLE.get(name);
  const allowance = ALLOWANCES.get(name);
  if (ban) record[ban] = true;
  else if (permission) record[permission] ||= isPlain(given);
  else if (qualifiable) record[qualifiable] = stricterOf(record[qualifiable], qualifiedBy(given));
  else if (allowance) record[allowance] = smallerOf(record[allowance], secondsOf(given));
  else if (name === 'max-stale') record.maxStale = smallerStalenessOf(record.maxStale, given);
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
