/**
 * POST …/cache/purge: removes what a selector names from every level, or makes it stale when asked softly.
 *
 * Shape   {urls | tags | prefixes | hosts | patterns: […]} | {everything: true}, soft?
 *         -> 202 {id, soft, purged, tiers}; of patterns that had to be searched for also {found, complete}
 * Errors  400 PURGE_INVALID naming the field, 413 PURGE_TOO_LARGE, 503 CACHE_PURGE_INCOMPLETE (this isolate is purged)
 * Cost    one Redis command, whatever is named and however much it reaches; a search takes as many as its walk
 */

import type { Context } from 'hono';
import type { Purged } from '../../shared/api/cache.ts';
import type { Levels } from '../../shared/cache/levels.ts';
import type { PurgeOutcome } from '../../shared/cache/levels-purge.ts';
import type { PurgeOptions } from '../../shared/cache/store.ts';
import type { Routes } from '../../shared/config/route.ts';
import type { CreateId } from '../../shared/primitives/ids.ts';
import { workersCacheOf } from '../adapters/workers-cache.ts';
import type { PlatformContext } from '../platform.ts';
import { problemResponse } from '../problem-response.ts';
import { type PurgeOrder, parseOrder } from './purge-order.ts';
import { type PurgeScope, scopeOf } from './purge-scope.ts';

export interface PurgeDeps {
  readonly cache: Pick<Levels<unknown>, 'purge' | 'purgeLike'>;
  readonly createId: CreateId;
  readonly routes: Routes;
}

const RETRY_AFTER_SECONDS = '5';

export function purge(deps: PurgeDeps) {
  return async (context: Context): Promise<Response> => {
    const parsed = parseOrder(await context.req.text());
    if (parsed.kind === 'refused') return problemResponse(parsed.problem);
    const answer = await purgeOrdered(context, parsed.order, deps);
    return answer ? acceptedResponse(answer) : purgeIncomplete();
  };
}

/** Undefined where Redis cannot be reached: then only this isolate is purged. */
export async function purgeOrdered(
  context: Context,
  order: PurgeOrder,
  { cache, createId, routes }: PurgeDeps,
): Promise<Purged | undefined> {
  const { items, soft } = order;
  const scope = scopeOf(order, { url: context.req.url, routes });
  const { shared, search } = await purgeLevels(cache, scope, { soft });
  if (shared === 'unreachable') return undefined;
  // From the inside out: the other way round the front would fill again from what is still stored here.
  const cdn = await workersCacheOf(platformOf(context)).purge(scope.front);
  const tiers = { redis: shared, isolate: 'purged', cdn } as const;
  return { id: createId(), soft, purged: items.length || 1, ...search, tiers };
}

export function acceptedResponse(answer: object, headers: Readonly<Record<string, string>> = {}): Response {
  return Response.json(answer, { status: 202, headers: { 'cache-control': 'no-store', ...headers } });
}

interface LevelsPurged extends PurgeOutcome {
  readonly search?: { readonly found: number; readonly complete: boolean };
}

async function purgeLevels(
  cache: PurgeDeps['cache'],
  { tags, like }: PurgeScope,
  options: PurgeOptions,
): Promise<LevelsPurged> {
  const { shared } = await cache.purge([...new Set(tags)], options);
  if (!like) return { shared };
  const searched = await cache.purgeLike(like, options);
  const isReached = shared !== 'unreachable' && searched.shared !== 'unreachable';
  return {
    shared: isReached ? searched.shared : 'unreachable',
    search: { found: searched.tags, complete: searched.complete },
  };
}

function platformOf(context: Context): PlatformContext {
  return context.executionCtx as PlatformContext;
}

export function purgeIncomplete(): Response {
  const detail = 'Redis cannot be reached: this isolate is purged, the others are not. Send the purge again.';
  return problemResponse(
    { status: 503, code: 'CACHE_PURGE_INCOMPLETE', title: 'The purge is incomplete', detail },
    { 'retry-after': RETRY_AFTER_SECONDS },
  );
}
