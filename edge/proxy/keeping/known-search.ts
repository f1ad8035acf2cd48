/**
 * Which parts of the query make no difference, as the answers for a path have said in No-Vary-Search: what is asked with any
 * of them is looked for under one name.
 *
 * The rule is part of that name, so whoever has not learned it, or has learned another, finds less and never something wrong.
 *
 * Shape   key + rule -> 'https://host/path?a=1 {rule}', which no URL is; without a rule the key itself
 * Errors  none
 * Cost    memory only, bounded in paths and in bytes; the ones learned longest ago leave first
 * Source  draft-ietf-httpbis-no-vary-search-10 §5
 */

import type { Fields } from '../../../shared/http/fields.ts';
import {
  applyNoVarySearch,
  type NoVarySearch,
  parseNoVarySearch,
} from '../../../shared/http/no-vary-search.ts';
import { createLru, rememberedBytes } from '../../../shared/primitives/lru.ts';

export interface KnownSearch {
  ruleOf(key: string): NoVarySearch | undefined;
  /** The last answer is right; without a rule it takes an older one away. */
  learn(key: string, rule: NoVarySearch | undefined): void;
}

/** Clients choose the paths, and how long they are. */
const BOUNDS = { maxEntries: 5_000, maxBytes: 2 * 1024 * 1024 };
const MOST_NAMES = 64;
const LONGEST_RULE = 1_024;

export function createKnownSearch(): KnownSearch {
  const known = createLru<NoVarySearch>(BOUNDS);
  return {
    // Most sites send none.
    ruleOf: key => (known.size().entries === 0 ? undefined : known.peek(pathOf(key))),
    learn(key, rule) {
      const path = pathOf(key);
      if (rule) known.set(path, rule, rememberedBytes(path, textOf(rule)));
      else known.delete(path);
    },
  };
}

/** Undefined too for a rule that is longer than any key should be. */
export function searchRuleOf(fields: Fields): NoVarySearch | undefined {
  const rule = parseNoVarySearch(fields);
  const isPlain = rule && rule.listed.length <= MOST_NAMES && textOf(rule).length <= LONGEST_RULE;
  return isPlain ? rule : undefined;
}

export function baseOf(key: string, rule: NoVarySearch | undefined): string {
  if (!rule) return key;
  const path = pathOf(key);
  return `${path}${applyNoVarySearch(key.slice(path.length), rule)} ${textOf(rule)}`;
}

function textOf({ ignoresOrder, names, listed }: NoVarySearch): string {
  return JSON.stringify({ ignoresOrder, names, listed: [...listed].sort() });
}

function pathOf(key: string): string {
  const queryAt = key.indexOf('?');
  return queryAt < 0 ? key : key.slice(0, queryAt);
}
