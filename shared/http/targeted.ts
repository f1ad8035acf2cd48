/**
 * Which field says how this cache may treat a response: one that is addressed to it or to every CDN, else Cache-Control.
 *
 * The first name on the target list with a valid, non-empty value decides alone, and takes Cache-Control and Expires out of
 * play. Its values are typed: max-age="60" and max-age=60.5 are not durations and count as 0, as broken ones do in
 * Cache-Control (RFC 9111 §4.2.1); a ban holds whatever its value, but for an explicit ?0. Surrogate-Control may be put on
 * the list; its `max-age=60+30` is no structured field and is ignored. All targeted fields travel on to the client, our own
 * too: there may be another cache on the way that heeds them.
 *
 * Shape   fields + target list -> { directives, decidedBy, targeted }
 * Errors  none (total)
 * Source  RFC 9213 §2.1, §2.2, §3
 */
import type { Dictionary } from 'structured-headers';
import { rememberByText } from '../primitives/remember.ts';
import { type CacheControl, parseCacheControl, parseResponseDirectives } from './cache-control.ts';
import { type Fields, fieldValue } from './fields.ts';
import { dictionaryOf } from './structured-fields.ts';

/** Most applicable first (§2.2). */
export const TARGET_FIELDS: readonly string[] = ['headrace-cache-control', 'cdn-cache-control'];

export interface ResponseControl {
  readonly directives: CacheControl;
  /** The name of the field that decided. */
  readonly decidedBy: string;
  /** Then Expires means nothing to this cache. */
  readonly targeted: boolean;
}

export function selectDirectives(
  fields: Fields,
  targets: readonly string[] = TARGET_FIELDS,
): ResponseControl {
  for (const name of targets) {
    const directives = parseTargeted(fieldValue(fields, name) ?? '');
    if (directives !== null) return { directives, decidedBy: name, targeted: true };
  }
  return { directives: parseResponseDirectives(fields), decidedBy: 'cache-control', targeted: false };
}

/** Null: empty or invalid (§2.1). The same few values come with every response. */
const parseTargeted = rememberByText((value): CacheControl | null => {
  const members = dictionaryOf(value);
  return members === undefined ? null : parseCacheControl(translate(members, decimalNames(value)));
});

/** The same directives in Cache-Control's syntax, so that their meaning is decided in one place. */
function translate(members: Dictionary, decimals: ReadonlySet<string>): string {
  const directives: string[] = [];
  for (const [name, [value]] of members) {
    if (value === false) continue;
    directives.push(decimals.has(name) ? malformed(name) : formatDirective(name, value));
  }
  return directives.join(', ');
}

/** Those whose value may be a list of field names, as a String (§2.1). */
const QUALIFIABLE = new Set(['no-cache', 'private']);

function formatDirective(name: string, value: unknown): string {
  if (value === true) return name;
  if (QUALIFIABLE.has(name))
    return typeof value === 'string' ? `${name}="${value.replace(/["\\]/g, '\\$&')}"` : malformed(name);
  return Number.isInteger(value) && Number(value) >= 0 ? `${name}=${Number(value)}` : malformed(name);
}

function malformed(name: string): string {
  return `${name}=`;
}

const QUOTED = /"(?:[^"\\]|\\.)*"/g;
const DECIMAL_MEMBER = /(?:^|[, \t])([a-z*][a-z0-9_.*-]*)=-?\d+\.\d/g;

/** JavaScript has one kind of number: a parsed 60.0 cannot be told from 60, its text can. */
function decimalNames(value: string): ReadonlySet<string> {
  const matches = value.replace(QUOTED, '""').matchAll(DECIMAL_MEMBER);
  return new Set(Array.from(matches, ([, name = '']) => name));
}
