/**
 * What a Cache-Control directive is worth as a flag, a duration or a list of field names.
 *
 * What is malformed counts against reuse and never for it: a broken `no-store` still forbids, a broken `max-age` is 0,
 * a broken `public` permits nothing. Of duplicates the stricter holds, which is never fresher than the first (§4.2.1).
 *
 * Units   seconds
 * Errors  none (total)
 * Source  RFC 9111 §4.2.1, §5.2
 */
import type { Directive } from './directives.ts';
import { isToken, parseDeltaSeconds, splitList } from './grammar.ts';

/** False: not said; true: said of the whole response; or the field names that the qualified form lists. */
export type Qualified = boolean | readonly string[];

/** Permissions are believed only in their exact form. */
export function isPlain(directive: Directive): boolean {
  return directive.argument === undefined && !directive.malformed;
}

export function secondsOf(directive: Directive): number {
  if (directive.malformed || directive.argument === undefined) return 0;
  return parseDeltaSeconds(directive.argument) ?? 0;
}

export function smallerOf(known: number | undefined, given: number): number {
  return known === undefined ? given : Math.min(known, given);
}

export function smallerStalenessOf(known: number | 'any' | undefined, given: Directive): number | 'any' {
  if (isPlain(given)) return known ?? 'any';
  return smallerOf(known === 'any' ? undefined : known, secondsOf(given));
}

export function stricterOf(known: Qualified, given: Qualified): Qualified {
  if (known === true || given === true) return true;
  return [...(known || []), ...(given || [])];
}

export function qualifiedBy(directive: Directive): Qualified {
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
