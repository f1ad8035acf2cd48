/**
 * POST …/cache/purge: removes URLs or tags from every level, or makes them stale when asked softly.
 *
 * Shape   {urls: […]} | {tags: […]}, soft? -> 202 {id, soft, purged, tiers}
 * Errors  400 PURGE_INVALID naming the field, 413 PURGE_TOO_LARGE, 503 CACHE_PURGE_INCOMPLETE (this isolate is purged)
 * Cost    one Redis command
 */

import type { Context } from 'hono';
import * as z from 'zod';
import type { Levels } from '../../shared/cache/levels.ts';
import type { Routes } from '../../shared/config/route.ts';
import type { CreateId } from '../../shared/primitives/ids.ts';
import { problemResponse } from '../problem-response.ts';
import { targetOf } from '../proxy/key.ts';
import { urlTag } from '../proxy/own-tags.ts';

export interface PurgeDeps {
  readonly cache: Pick<Levels<unknown>, 'purge'>;
  readonly createId: CreateId;
  readonly routes: Routes;
}

const MOST_ITEMS = 1_000;
const LONGEST_BODY_BYTES = 4 * 1024 * 1024;
const RETRY_AFTER_SECONDS = '5';

const url = z
  .string()
  .refine(isPurgeableUrl, 'must be an http or https URL, or a path that starts with one /');
const tag = z
  .string()
  .regex(/^[!-+\--~]{1,256}$/, 'must be 1 to 256 visible ASCII characters without a comma');
const items = <Item extends z.ZodType>(item: Item) => z.array(item).min(1, 'must not be empty');

const BODY = z
  .strictObject({
    urls: items(url).optional(),
    tags: items(tag).optional(),
    soft: z.boolean().default(false),
  })
  .refine(
    body => (body.urls === undefined) !== (body.tags === undefined),
    'exactly one of urls, tags must be given',
  );

export function purge({ cache, createId, routes }: PurgeDeps) {
  return async (context: Context): Promise<Response> => {
    const text = await context.req.text();
    if (text.length > LONGEST_BODY_BYTES)
      return tooLarge(`The body is longer than ${LONGEST_BODY_BYTES} bytes.`);
    const input = parseJson(text);
    if (countItems(input) > MOST_ITEMS) return tooLarge(`At most ${MOST_ITEMS} items can be purged at once.`);
    const parsed = BODY.safeParse(input);
    if (!parsed.success) return invalid(parsed.error.issues[0]);
    const { urls, tags = [], soft } = parsed.data;
    const named = urls?.map(entry => tagOfUrl(entry, context.req.url, routes)) ?? tags;
    const outcome = await cache.purge([...new Set(named)], { soft });
    if (outcome.shared === 'unreachable') return incomplete();
    const tiers = { redis: outcome.shared, isolate: 'purged', cdn: 'absent' };
    const answer = { id: createId(), soft, purged: named.length, tiers };
    return Response.json(answer, { status: 202, headers: { 'cache-control': 'no-store' } });
  };
}

function isPurgeableUrl(text: string): boolean {
  if (text.startsWith('/')) return !text.startsWith('//');
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

/** As a request for it would be keyed. */
function tagOfUrl(entry: string, requestUrl: string, routes: Routes): string {
  const target = new URL(entry.startsWith('/') ? new URL(requestUrl).origin + entry : entry);
  return urlTag(targetOf(target, routes.select(target.pathname)).key);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function countItems(input: unknown): number {
  if (typeof input !== 'object' || input === null) return 0;
  return Object.values(input).reduce(
    (most, value) => Math.max(most, Array.isArray(value) ? value.length : 0),
    0,
  );
}

function invalid(issue: z.core.$ZodIssue | undefined): Response {
  const field = issue?.path.join('.') || 'the body';
  const detail = `${field}: ${issue?.message ?? 'must be JSON'}`;
  return problemResponse({
    status: 400,
    code: 'PURGE_INVALID',
    title: 'The purge cannot be understood',
    detail,
  });
}

function tooLarge(detail: string): Response {
  return problemResponse({ status: 413, code: 'PURGE_TOO_LARGE', title: 'The purge is too large', detail });
}

function incomplete(): Response {
  const detail = 'Redis cannot be reached: this isolate is purged, the others are not. Send the purge again.';
  return problemResponse(
    { status: 503, code: 'CACHE_PURGE_INCOMPLETE', title: 'The purge is incomplete', detail },
    { 'retry-after': RETRY_AFTER_SECONDS },
  );
}
