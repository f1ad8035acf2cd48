/**
 * The names of everything the cache keeps in Redis. The `1` is the format: a deploy and its rollback, whose formats differ,
 * share a database without reading each other's values.
 *
 * Shape   prefix:1:e:<hash of base>[:<sha1 of variant>]  entry or forks
 *         prefix:1:t:<tag>, prefix:1:s:<tag>             tokens of hard and soft purges; they outlive every entry
 *         prefix:1:mark                                  replaced by every purge of anything
 *         prefix:1:purges                                the last purges (recent-purges.ts)
 */

import { hashText, hexOf } from '../primitives/hash.ts';
import type { Lookup } from './entry.ts';
import { type Forks, variantText } from './variants.ts';

export interface RedisKeys {
  readonly mark: string;
  readonly purges: string;
  /** As Redis writes patterns: every entry and all forks. */
  readonly entries: string;
  readonly hardPrefix: string;
  readonly softPrefix: string;
  entry(base: string): Promise<string>;
  variant(lookup: Lookup, names: Forks['names']): Promise<string>;
  /** Hard and soft token of each tag, in the tags' order. */
  tokens(tags: readonly string[]): string[];
}

export function createRedisKeys(prefix: string): RedisKeys {
  const root = `${prefix}:1`;
  const [hardPrefix, softPrefix] = [`${root}:t:`, `${root}:s:`];
  const entry = async (base: string) => `${root}:e:${await hashText(base)}`;
  return {
    mark: `${root}:mark`,
    purges: `${root}:purges`,
    entries: `${root}:e:*`,
    hardPrefix,
    softPrefix,
    entry,
    async variant(lookup, names) {
      const key = await entry(lookup.base);
      if (names.length === 0) return key;
      return `${key}:${await sha1Hex(variantText(await shortenFacets(lookup.facets), names))}`;
    },
    tokens: tags => tags.flatMap(tag => [hardPrefix + tag, softPrefix + tag]),
  };
}

const LONGEST_FACET = 64;
const SHORTENED = '#';

/**
 * The facets as they travel to Redis: what is long goes as its hash, so that a cookie is not sent along with every read; so
 * does what `variantText` would have to escape, because the script does not.
 */
export async function shortenFacets(facets: Lookup['facets']): Promise<ReadonlyMap<string, string>> {
  const shorten = async ([name, value]: readonly [string, string]): Promise<[string, string]> => {
    const travels = value.length <= LONGEST_FACET && !value.startsWith(SHORTENED) && !/[\\\n]/.test(value);
    return [name, travels ? value : SHORTENED + (await hashText(value))];
  };
  return new Map(await Promise.all([...facets.entries()].map(shorten)));
}

/** SHA-1 because Redis computes the same inside a script; a collision is caught by the key kept in the entry. */
async function sha1Hex(text: string): Promise<string> {
  return hexOf(new Uint8Array(await crypto.subtle.digest('SHA-1', new TextEncoder().encode(text))));
}
