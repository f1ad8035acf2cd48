/**
 * The body of a purge, understood: one selector, its items, and whether it is a soft one.
 *
 * Shape   text -> { kind: 'order' } | { kind: 'refused', problem }
 * Errors  400 PURGE_INVALID naming the field, 413 PURGE_TOO_LARGE
 */

import * as z from 'zod';
import { formatPath, wordIssue } from '../../shared/config/wrong-field.ts';
import { isCacheTag } from '../../shared/http/cache-tags.ts';
import type { Problem } from '../../shared/http/problem.ts';
import { isPlainPrefix } from '../proxy/own-tags.ts';

export const SELECTORS = ['urls', 'tags', 'prefixes', 'hosts', 'patterns', 'everything'] as const;

export interface PurgeOrder {
  readonly selector: (typeof SELECTORS)[number];
  readonly items: readonly string[];
  readonly soft: boolean;
}

export type ParsedOrder =
  | { readonly kind: 'order'; readonly order: PurgeOrder }
  | { readonly kind: 'refused'; readonly problem: Problem };

const MOST_ITEMS = 1_000;
const MOST_PATTERNS = 10;
const LONGEST_BODY = 4 * 1024 * 1024;

const list = (item: z.ZodType<string>) => z.array(item).min(1, 'must not be empty').optional();
const url = z.string().refine(isAddress, {
  error: 'must be an http or https URL, or a path that starts with one /',
  abort: true,
});
const prefix = url.refine(isPlainPrefix, 'must have at most 8 segments, 512 characters and no query');
const host = z.string().refine(isHost, 'must be a host, with or without a port');
const pattern = z
  .string()
  .regex(/^(\*|https?:\/\/|\/(?!\/))[!-~]{0,2048}$/, 'must be * or begin as a URL or a path does');

const BODY = z
  .strictObject({
    urls: list(url),
    tags: list(z.string().refine(isCacheTag, 'must be 1 to 256 visible ASCII characters without a comma')),
    prefixes: list(prefix),
    hosts: list(host),
    patterns: list(pattern),
    everything: z.literal(true, 'must be true').optional(),
    soft: z.boolean().default(false),
  })
  .refine(
    body => SELECTORS.filter(name => body[name] !== undefined).length === 1,
    `must have exactly one of ${SELECTORS.join(', ')}`,
  );

export function parseOrder(text: string): ParsedOrder {
  if (text.length > LONGEST_BODY) return tooLarge(`The body is longer than ${LONGEST_BODY} bytes.`);
  const input = parseJson(text);
  if (longest(input) > MOST_ITEMS) return tooLarge(`At most ${MOST_ITEMS} items can be purged at once.`);
  if (input === undefined) return invalid('the body must be JSON');
  const parsed = BODY.safeParse(input, { error: wordIssue });
  if (!parsed.success) return invalid(wordsOf(parsed.error.issues[0]));
  const { soft, ...given } = parsed.data;
  if ((given.patterns?.length ?? 0) > MOST_PATTERNS)
    return tooLarge(`At most ${MOST_PATTERNS} patterns can be purged at once.`);
  const selector = SELECTORS.find(name => given[name] !== undefined) ?? 'everything';
  const items = given[selector];
  return { kind: 'order', order: { selector, items: Array.isArray(items) ? items : [], soft } };
}

function isAddress(text: string): boolean {
  if (text.startsWith('/')) return !text.startsWith('//');
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

function isHost(text: string): boolean {
  return /^[A-Za-z0-9._:[\]-]{1,255}$/.test(text) && URL.canParse(`http://${text}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function longest(input: unknown): number {
  if (typeof input !== 'object' || input === null) return 0;
  return Math.max(0, ...Object.values(input).map(value => (Array.isArray(value) ? value.length : 0)));
}

function wordsOf(issue: z.core.$ZodIssue | undefined): string {
  return issue ? `${formatPath(issue, 'the body')} ${issue.message}` : 'the body is wrong';
}

function invalid(words: string): ParsedOrder {
  const detail = `${words}.`;
  const title = 'The purge cannot be understood';
  return { kind: 'refused', problem: { status: 400, code: 'PURGE_INVALID', title, detail } };
}

function tooLarge(detail: string): ParsedOrder {
  const problem = { status: 413, code: 'PURGE_TOO_LARGE', title: 'The purge is too large', detail };
  return { kind: 'refused', problem };
}
