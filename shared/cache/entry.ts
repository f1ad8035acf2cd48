/**
 * What the cache keeps and how one is told from another: entries, the variants of a key, the stamp that proves no purge
 * has come since.
 *
 * Shape   Lookup (base key + facets) + Forks -> one variant's key
 * Units   instants epoch ms
 */

import type { TokenPair } from './tokens.ts';

/** What a caller looks for. */
export interface Lookup {
  readonly base: string;
  /** What may tell variants below the base key apart; absent is not the same as empty. */
  readonly facets: ReadonlyMap<string, string>;
  /** Tags known before the value is: their tokens come with the read. */
  readonly tags: readonly string[];
}

/** A value to keep. */
export interface Value<Meta> {
  readonly meta: Meta;
  readonly body: Uint8Array<ArrayBuffer>;
  readonly tags: readonly string[];
  /** From here on of no use to anyone. */
  readonly deadAt: number;
}

/** A value that is kept. */
export interface Entry<Meta> extends Value<Meta> {
  /** The variant's key: compared after every read, so that nobody is ever given another key's value. */
  readonly key: string;
  /** Purged softly: still there, but stale from now on. */
  readonly soft?: boolean;
  /** Absent where no other isolate can purge: without Redis, or while it cannot be reached. */
  readonly stamp?: Stamp;
}

/** Which purges an entry is known to have survived. */
export interface Stamp {
  readonly checkedAt: number;
  /** Which purge of anything at all was the last one then; absent in an entry just read from its bytes. */
  readonly mark?: string;
  /** One per tag of the entry; absent until they were read once. */
  readonly tokens?: readonly TokenPair[];
}

/** Which facets tell the variants of a base key apart, and how long that must be remembered. */
export interface Forks {
  readonly names: readonly string[];
  readonly deadAt: number;
}

export const NO_FORKS: Forks = { names: [], deadAt: 0 };

export function variantKey(lookup: Lookup, names: Forks['names']): string {
  return names.length === 0 ? lookup.base : `${lookup.base}\n${variantText(lookup.facets, names)}`;
}

/** One line a facet: `name:value`, or `name` alone where the request has none. */
export function variantText(facets: Lookup['facets'], names: Forks['names']): string {
  return names.map(name => (facets.has(name) ? `${name}:${facets.get(name)}` : name)).join('\n');
}

/** Written anew well before it is needed, so that most writes of a variant need no write of its forks. */
const FORKS_SLACK_MS = 3_600_000;

/** Names once known stay: a response that varies less than its predecessor must not hide the others' variants. */
export function mergeForks(known: Forks, names: Forks['names'], deadAt: number): Forks {
  const merged = [...new Set([...known.names, ...names])].sort();
  if (merged.length === known.names.length && (merged.length === 0 || known.deadAt >= deadAt)) return known;
  return { names: merged, deadAt: Math.max(known.deadAt, deadAt + FORKS_SLACK_MS) };
}
