/**
 * What an invalidation names, for any CDN: whole addresses, tags, folders, hosts or everything, in one order or several kinds
 * at once.
 *
 * Shape   the payload of a job of the type `invalidation`
 */

import * as z from 'zod/mini';
import { lazy } from '../primitives/lazy.ts';

/** Of one order; more are several orders. */
export const MOST_INVALIDATED = 50_000;
const MOST_CDNS = 20;

export const INVALIDATION_ORDER = lazy(() =>
  z
    .strictObject({
      urls: z.exactOptional(listOf(webUrl(), MOST_INVALIDATED)),
      tags: z.exactOptional(listOf(tag(), MOST_INVALIDATED)),
      /** `https://host/a/` is what is below it, `https://host/a` that page and what is below it. */
      prefixes: z.exactOptional(listOf(webUrl(), MOST_INVALIDATED)),
      hosts: z.exactOptional(listOf(host(), MOST_INVALIDATED)),
      /** Addresses in which * stands for anything; a CDN takes one only at the end. */
      patterns: z.exactOptional(listOf(text(8_000), MOST_INVALIDATED)),
      everything: z.exactOptional(z.literal(true)),
      /** Make stale instead of removing, where the CDN can. @default 'hard' */
      mode: z.exactOptional(z.enum(['soft', 'hard'])),
      /** The CDNs of headrace.config.ts that are told. @default all */
      cdns: z.exactOptional(listOf(text(64), MOST_CDNS)),
      /** Ends only when the CDNs say that it has taken effect, not when they have accepted it. @default false */
      wait: z.exactOptional(z.boolean()),
    })
    .check(
      z.refine(
        namesSomething,
        'must name urls, tags, prefixes, hosts or patterns, or everything and none of these',
      ),
    ),
);

export type InvalidationOrder = z.output<ReturnType<typeof INVALIDATION_ORDER>>;

const SELECTORS = ['urls', 'tags', 'prefixes', 'hosts', 'patterns', 'everything'] as const;

function namesSomething(order: object): boolean {
  const named = SELECTORS.filter(name => name in order);
  return 'everything' in order ? named.length === 1 : named.length > 0;
}

function listOf<Item extends z.ZodMiniType>(item: Item, most: number) {
  return z.readonly(z.array(item).check(z.minLength(1), z.maxLength(most)));
}

function webUrl() {
  return z.url({ protocol: /^https?$/ }).check(z.maxLength(8_000));
}

function tag() {
  return z
    .string()
    .check(z.regex(/^[!-+\--~]{1,256}$/, 'must be 1 to 256 visible ASCII characters, no comma'));
}

function host() {
  return z.string().check(
    z.regex(/^[A-Za-z0-9._:[\]-]{1,255}$/, 'must be a host'),
    z.refine(name => URL.canParse(`https://${name}`), 'must be a host'),
  );
}

function text(longest: number) {
  return z.string().check(z.minLength(1), z.maxLength(longest));
}
