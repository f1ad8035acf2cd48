/**
 * No-Vary-Search: the origin's word on which query parameters do not change a response, and the query by which all URLs
 * that share one are known.
 *
 * Both spellings are read: `except=("a")` of the IETF's draft and `params, except=("a")` of browsers. Names are compared
 * decoded, as the field says; what is kept stays byte for byte, so a difference in encoding is still a difference: stricter
 * than a cache has to be, and safe where an origin decodes in its own way.
 *
 * Shape   fields -> NoVarySearch | undefined (the whole query counts); search + rule -> search
 * Errors  none (total); applying it is idempotent
 * Source  draft-ietf-httpbis-no-vary-search-10 §5, §6; WICG nav-speculation, No-Vary-Search §3
 */
import type { Dictionary } from 'structured-headers';
import type { Fields } from './fields.ts';
import { joinQuery, sortByName, splitQuery } from './query-pairs.ts';
import { readDictionary } from './structured-fields.ts';

export interface NoVarySearch {
  readonly ignoresOrder: boolean;
  /** `ignored`: these names do not count; `counted`: only these do. */
  readonly names: 'ignored' | 'counted';
  readonly listed: readonly string[];
}

export function parseNoVarySearch(fields: Fields): NoVarySearch | undefined {
  const members = readDictionary(fields, 'no-vary-search');
  if (members === undefined) return undefined;
  const [keyOrder = false] = members.get('key-order') ?? [];
  const rule = namesOf(members);
  if (typeof keyOrder !== 'boolean' || rule === undefined) return undefined;
  const changesNothing = rule.names === 'ignored' && rule.listed.length === 0;
  return changesNothing && !keyOrder ? undefined : { ...rule, ignoresOrder: keyOrder };
}

/** The part of the key that the query is, for every response under this rule. */
export function applyNoVarySearch(search: string, { names, listed, ignoresOrder }: NoVarySearch): string {
  const pairs = splitQuery(search)
    .filter(({ text }) => text !== '')
    .map(({ name, text }) => ({ name: decode(name), text }));
  const counting = pairs.filter(({ name }) => listed.includes(name) === (names === 'counted'));
  return joinQuery(ignoresOrder ? sortByName(counting) : counting);
}

type Names = Omit<NoVarySearch, 'ignoresOrder'>;

/** Undefined: the field is to be ignored. */
function namesOf(members: Dictionary): Names | undefined {
  const params = members.get('params')?.[0];
  const except = members.get('except')?.[0];
  if (except !== undefined && (params === undefined || params === true)) return listOf('counted', except);
  if (except !== undefined) return undefined;
  if (params === true) return { names: 'counted', listed: [] };
  return params === undefined ? { names: 'ignored', listed: [] } : listOf('ignored', params);
}

function listOf(names: Names['names'], value: unknown): Names | undefined {
  if (!Array.isArray(value)) return undefined;
  const listed = value.map(([item]) => item);
  return listed.every(item => typeof item === 'string') ? { names, listed: listed.map(decode) } : undefined;
}

/** As forms are decoded, by the platform's own parser. */
function decode(name: string): string {
  if (!/[%+]/.test(name)) return name;
  return new URLSearchParams(`name=${name.replaceAll('&', '%26')}`).get('name') ?? name;
}
