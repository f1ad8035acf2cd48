/**
 * How the variants of one base key are told apart: which facets do so is learned from the values themselves (a response's
 * Vary), remembered as forks, and never unlearned.
 *
 * Shape   lookup + names of the telling facets -> one variant's key
 * Units   instants epoch ms
 * Errors  none
 */

import type { Lookup } from './entry.ts';

/** Which facets tell the variants of a base key apart, and how long that must be remembered. */
export interface Forks {
  /** Sorted; a name has neither white space nor a colon. */
  readonly names: readonly string[];
  /** 0 where it is not known whether it is still remembered. */
  readonly deadAt: number;
}

export const NO_FORKS: Forks = { names: [], deadAt: 0 };

/** No two lookups that differ in base or in a telling facet have the same key. */
export function variantKey(lookup: Lookup, names: Forks['names']): string {
  const oneLine = escapeLines(lookup.base);
  // A lookup may find its facets only when they are asked for.
  return names.length === 0 ? oneLine : `${oneLine}\n${variantText(lookup.facets, names)}`;
}

/** One line a facet: `name:value`, or `name` alone where the lookup has none. */
export function variantText(facets: Lookup['facets'], names: Forks['names']): string {
  const line = (name: string) => {
    const value = facets.get(name);
    return value === undefined ? name : `${name}:${escapeLines(value)}`;
  };
  return names.map(line).join('\n');
}

function escapeLines(text: string): string {
  // Asked first, because it is quick and nearly always so.
  if (!text.includes('\n') && !text.includes('\\')) return text;
  return text.replace(/[\\\n]/g, character => (character === '\n' ? '\\n' : '\\\\'));
}

/** Written anew well before it is needed, so that most writes of a variant need no write of its forks. */
const SLACK_MS = 3_600_000;

/** Names once known stay: a response that varies less than its predecessor must not hide the others' variants. */
export function mergeForks(known: Forks, names: Forks['names'], deadAt: number): Forks {
  const merged = [...new Set([...known.names, ...names])].sort();
  if (merged.length === known.names.length && (merged.length === 0 || known.deadAt >= deadAt)) return known;
  return { names: merged, deadAt: Math.max(known.deadAt, deadAt + SLACK_MS) };
}
