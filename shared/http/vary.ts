/**
 * Which request fields chose this response, and the values by which another request may share it.
 *
 * Shape   Vary lines -> names | '*'; names + request -> [name, value | null when absent] pairs
 * Errors  none (total)
 * Source  RFC 9110 §12.5.5; RFC 9111 §4.1
 */
import { rememberByText } from '../primitives/remember.ts';
import { normalizeAcceptEncoding } from './accept-encoding.ts';
import { type Fields, fieldValue } from './fields.ts';
import { isToken, splitList, trimWhitespace } from './grammar.ts';
import { normalizePreferences } from './preferences.ts';

/** A request field's value, null when the request has no such field: absent is a variant of its own, not ''. */
export type VaryValue = readonly [name: string, value: string | null];

/** Lower-case, sorted, each once. A member that is no field name cannot be matched: it counts as '*'. */
export function parseVary(fields: Fields): readonly string[] | '*' {
  return parseNames(fieldValue(fields, 'vary') ?? '');
}

export function varyValues(names: readonly string[], requestFields: Fields): readonly VaryValue[] {
  return names.map((name): VaryValue => [name, normalizedValue(name, fieldValue(requestFields, name))]);
}

const parseNames = rememberByText((value): readonly string[] | '*' => {
  const names = splitList(value).map(name => name.toLowerCase());
  if (names.some(name => name === '*' || !isToken(name))) return '*';
  return Object.freeze([...new Set(names)].sort());
});

/** Only fields whose syntax is known are normalised (§4.1); of the others no byte may change. */
function normalizedValue(name: string, value: string | undefined): string | null {
  if (value === undefined) return null;
  if (name === 'accept-encoding') return normalizeAcceptEncoding(value) ?? null;
  if (PREFERENCES.has(name)) return normalizePreferences(value);
  return LISTS.has(name) ? splitList(value).join(',') : trimWhitespace(value);
}

/** Weighted lists whose members are case-insensitive (RFC 9110 §12.5.2, §12.5.4). */
const PREFERENCES = new Set(['accept-charset', 'accept-language']);

/** Comma lists in which only the space around the commas is free: Accept's parameter values may have a case. */
const LISTS = new Set(['accept', 'cache-control', 'pragma', 'prefer']);
