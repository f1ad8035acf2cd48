/**
 * What the purge and the explain route take and answer.
 *
 * Errors  the words of a refusal are here too: they follow the name of the field
 */

import * as z from 'zod';
import { isCacheTag } from '../http/cache-tags.ts';
import { isPlainPrefix } from '../http/url-prefix.ts';
import { lazy } from '../primitives/lazy.ts';

export const SELECTORS = ['urls', 'tags', 'prefixes', 'hosts', 'patterns', 'everything'] as const;
export const MOST_ITEMS = 1_000;
export const MOST_PATTERNS = 10;

export const PURGE_BODY = lazy(() =>
  z
    .strictObject({
      urls: list(address()).describe('Pages, with all variants of each: whole URLs, or paths on this host.'),
      tags: list(
        z.string().refine(isCacheTag, 'must be 1 to 256 visible ASCII characters without a comma'),
      ).describe('What the origin sent as Cache-Tag or Surrogate-Key, and what routes add.'),
      prefixes: list(
        address().refine(isPlainPrefix, 'must have at most 8 segments, 512 characters and no query'),
      ).describe('Folders, by whole path segments, with all below them.'),
      hosts: list(z.string().refine(isHost, 'must be a host, with or without a port')),
      patterns: list(
        z
          .string()
          .regex(/^(\*|https?:\/\/|\/(?!\/))[!-~]{0,2048}$/, 'must be * or begin as a URL or a path does'),
        MOST_PATTERNS,
      ).describe('URLs in which * is anything: they are searched for among what is stored, within a bound.'),
      everything: z.literal(true, 'must be true').optional(),
      soft: z.boolean().default(false).describe('Make stale instead of removing.'),
    })
    .refine(
      body => SELECTORS.filter(name => body[name] !== undefined).length === 1,
      `must have exactly one of ${SELECTORS.join(', ')}`,
    )
    .describe('Exactly one selector.'),
);

export const PURGED = lazy(() =>
  z.object({
    id: z.string(),
    soft: z.boolean(),
    purged: z.int().describe('How many items the selector named.'),
    found: z.int().optional().describe('Of patterns that were searched for: how many URLs they met.'),
    complete: z.boolean().optional().describe('False when the search ended at its bound.'),
    tiers: z.object({
      redis: z.enum(['purged', 'absent']),
      isolate: z.literal('purged'),
      cdn: z.enum(['purged', 'absent', 'unreachable']),
    }),
  }),
);

export const EXPLAIN_BODY = lazy(() =>
  z.strictObject({
    url: z
      .string()
      .refine(
        text => /^(https?:\/\/|\/(?!\/))/.test(text) && URL.canParse(text, 'http://host'),
        'must be an http or https URL, or a path that starts with one /',
      ),
    method: z
      .string()
      .regex(/^[A-Z]{1,20}$/, 'must be a method in capitals')
      .default('GET'),
    headers: z
      .record(
        z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, 'must be a header name'),
        z.string().regex(/^[^\0\r\n]*$/, 'must be the text of a header'),
      )
      .default({}),
  }),
);

export const EXPLANATION = lazy(() =>
  z.object({
    key: z.string().nullable().describe('Under which it is looked for; null for a request that is refused.'),
    rule: z.string().nullable().describe('The route of headrace.config.ts that decides.'),
    decision: z
      .looseObject({ kind: z.enum(['hit', 'stale', 'revalidate', 'fetch', 'pass', 'unavailable', 'refuse']) })
      .describe('What would be done, with what led to it.'),
    instants: z
      .record(z.string(), z.iso.datetime().nullable())
      .nullable()
      .describe('Of what is stored: until when it may be used, and how.'),
    words: z.string().describe('The decision for a person, with the section that asks for it.'),
  }),
);

function list(item: z.ZodType<string>, most = MOST_ITEMS) {
  // More than that is refused before the schema sees it: with 413, not 400.
  return z.array(item).min(1, 'must not be empty').meta({ maxItems: most }).optional();
}

function address() {
  return z.string().refine(isAddress, {
    error: 'must be an http or https URL, or a path that starts with one /',
    abort: true,
  });
}

function isAddress(text: string): boolean {
  if (text.startsWith('/')) return !text.startsWith('//');
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

function isHost(text: string): boolean {
  return /^[A-Za-z0-9._:[\]-]{1,255}$/.test(text) && URL.canParse(`http://${text}`);
}
