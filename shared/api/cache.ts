/**
 * What the purge and the explain route take and answer.
 *
 * Errors  the words of a refusal are here too: they follow the name of the field
 */

import * as z from 'zod/mini';
import { isCacheTag } from '../http/cache-tags.ts';
import { isPlainPrefix } from '../http/url-prefix.ts';
import { lazy } from '../primitives/lazy.ts';

export const SELECTORS = ['urls', 'tags', 'prefixes', 'hosts', 'patterns', 'everything'] as const;
export const MOST_ITEMS = 1_000;
export const MOST_PATTERNS = 10;

export const PURGE_BODY = lazy(() => oneSelector(z.strictObject(purgeFields())));

/** The same, and which CDNs are told. */
export const INVALIDATE_BODY = lazy(() =>
  oneSelector(
    z.strictObject({
      ...purgeFields(),
      cdns: z.optional(
        said(
          z.array(z.string()).check(z.minLength(1, 'must not be empty')),
          'The CDNs of headrace.config.ts that are told, by name. All, where none is named.',
        ),
      ),
      wait: z.optional(
        said(z.boolean(), 'Whether the job ends only when the CDNs say that it has taken effect.'),
      ),
    }),
  ),
);

export const INVALIDATE_HEADERS = lazy(() =>
  z.object({
    'Idempotency-Key': z
      .optional(z.string())
      .check(z.describe('The same key is the same job: nothing is invalidated, or paid, twice.')),
  }),
);

function purgeFields() {
  return {
    urls: list(address(), 'Pages, with all variants of each: whole URLs, or paths on this host.'),
    tags: list(
      text(isCacheTag, 'must be 1 to 256 visible ASCII characters without a comma'),
      'What the origin sent as Cache-Tag or Surrogate-Key, and what routes add.',
    ),
    prefixes: list(
      address().check(z.refine(isPlainPrefix, 'must have at most 8 segments, 512 characters and no query')),
      'Folders, by whole path segments, with all below them.',
    ),
    hosts: list(text(isHost, 'must be a host, with or without a port'), 'With all their ports.'),
    patterns: list(
      z.string().check(z.regex(PATTERN, 'must be * or begin as a URL or a path does')),
      `URLs in which * is anything, at most ${MOST_PATTERNS}: searched for among what is stored, within a bound.`,
    ),
    everything: z.optional(z.literal(true, 'must be true')),
    soft: z._default(z.boolean(), false).check(z.describe('Make stale instead of removing.')),
  };
}

function oneSelector<Schema extends z.ZodMiniType>(schema: Schema): Schema {
  return schema.check(
    z.refine(
      body => SELECTORS.filter(name => Object(body)[name] !== undefined).length === 1,
      `must have exactly one of ${SELECTORS.join(', ')}`,
    ),
    z.describe('Exactly one selector.'),
  );
}

const PATTERN = /^(\*|https?:\/\/|\/(?!\/))[!-~]{0,2048}$/;

export const PURGED = lazy(() => z.object(purgedFields()));

export const INVALIDATED = lazy(() =>
  z.object({
    ...purgedFields(),
    job: said(
      z.nullable(z.string()),
      'Of the job that tells the CDNs; its row has what each has done. Null where no CDN is configured.',
    ),
    cdns: said(z.array(z.string()), 'Those that are told.'),
  }),
);

function purgedFields() {
  return {
    id: z.string(),
    soft: z.boolean(),
    purged: said(z.int(), 'How many items the selector named.'),
    found: z.optional(said(z.int(), 'Of patterns that were searched for: how many URLs they met.')),
    complete: z.optional(said(z.boolean(), 'False when the search ended at its bound.')),
    tiers: z.object({
      redis: z.enum(['purged', 'absent']),
      isolate: z.literal('purged'),
      cdn: z.enum(['purged', 'absent', 'unreachable']),
    }),
  };
}

export const EXPLAIN_BODY = lazy(() =>
  z.strictObject({
    url: text(
      url => /^(https?:\/\/|\/(?!\/))/.test(url) && URL.canParse(url, 'http://host'),
      'must be an http or https URL, or a path that starts with one /',
    ),
    method: z._default(z.string().check(z.regex(/^[A-Z]{1,20}$/, 'must be a method in capitals')), 'GET'),
    headers: z._default(
      z.record(
        z.string().check(z.regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, 'must be a header name')),
        z.string().check(z.regex(/^[^\0\r\n]*$/, 'must be the text of a header')),
      ),
      {},
    ),
  }),
);

export const EXPLANATION = lazy(() =>
  z.object({
    key: said(z.nullable(z.string()), 'Under which it is looked for; null for a request that is refused.'),
    rule: said(z.nullable(z.string()), 'The route of headrace.config.ts that decides.'),
    decision: said(
      z.looseObject({
        kind: z.enum(['hit', 'stale', 'revalidate', 'fetch', 'pass', 'unavailable', 'refuse']),
      }),
      'What would be done, with what led to it.',
    ),
    instants: said(
      z.nullable(z.record(z.string(), z.nullable(z.iso.datetime()))),
      'Of what is stored: until when it may be used, and how.',
    ),
    words: said(z.string(), 'The decision for a person, with the section that asks for it.'),
  }),
);

export type PurgeBody = z.input<ReturnType<typeof PURGE_BODY>>;
export type InvalidateBody = z.input<ReturnType<typeof INVALIDATE_BODY>>;
export type Invalidated = z.output<ReturnType<typeof INVALIDATED>>;
export type Purged = z.output<ReturnType<typeof PURGED>>;
export type ExplainBody = z.input<ReturnType<typeof EXPLAIN_BODY>>;
export type Explanation = z.output<ReturnType<typeof EXPLANATION>>;

function said<Schema extends z.ZodMiniType>(schema: Schema, words: string): Schema {
  return schema.check(z.describe(words));
}

function list(item: z.ZodMiniType<string, string>, words: string) {
  // Too many are refused before the schema sees them: with 413, not 400.
  return z.optional(said(z.array(item).check(z.minLength(1, 'must not be empty')), words));
}

function text(isRight: (given: string) => boolean, words: string) {
  return z.string().check(z.refine(isRight, words));
}

function address() {
  const words = 'must be an http or https URL, or a path that starts with one /';
  return z.string().check(z.refine(isAddress, { error: words, abort: true }));
}

function isAddress(text: string): boolean {
  if (text.startsWith('/')) return !text.startsWith('//');
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

function isHost(text: string): boolean {
  return /^[A-Za-z0-9._:[\]-]{1,255}$/.test(text) && URL.canParse(`http://${text}`);
}
