/**
 * POST …/cache/purge: removes what a selector names from every level, or makes it stale when asked softly.
 *
 * Shape   {urls | tags | prefixes | hosts | patterns: […]} | {everything: true}, soft?
 *         -> 202 {id, soft, purged, tiers}; of patterns that had to be searched for also {found, complete}
 * Errors  400 PURGE_INVALID naming the field, 413 PURGE_TOO_LARGE, 503 CACHE_PURGE_INCOMPLETE (this isolate is purged)
 * Cost    one Redis command, whatever is named and however much it reaches; a search takes as many as its walk
 */

import type { Context } from 'hono';
import type { Levels } from '../../shared/cache/levels.ts';
import type { PurgeOutcome } from '../../shared/cache/levels-purge.ts';
import type { PurgeOptions } from '../../shared/cache/store.ts';
import type { Routes } from '../../shared/config/route.ts';
import type { CreateId } from '../../shared/primitives/ids.ts';
import { workersCacheOf } from '../adapters/workers-cache.ts';
import type { PlatformContext } from '../platform.ts';
import { problemResponse } from '../problem-response.ts';
import { parseOrder } from './purge-order.ts';
import { type PurgeScope, scopeOf } from './purge-scope.ts';

export interface PurgeDeps {
  readonly cache: Pick<Levels<unknown>, 'purge' | 'purgeLike'>;
  readonly createId: CreateId;
  readonly routes: Routes;
}

const RETRY_AFTER_SECONDS = '5';

export function purge({ cache, createId, routes }: PurgeDeps) {
  return async (context: Context): Promise<Response> => {
    const parsed = parseOrder(await context.req.text());
    if (parsed.kind === 'refused') return problemResponse(parsed.problem);
    const { items, soft } = parsed.order;
    const scope = scopeOf(parsed.order, { url: context.req.url, routes });
    const { shared, search } = await purgeLevels(cache, scope, { soft });
    if (shared === 'unreachable') return incomplete();
    // From the inside out: the other way round the front would fill again from what is still stored here.
    const cdn = await workersCacheOf(platformOf(context)).purge(scope.front);
    const tiers = { redis: shared, isolate: 'purged', cdn };
    const answer = { id: createId(), soft, purged: items.length || 1, ...search, tiers };
    return Response.json(answer, { status: 202, headers: { 'cache-control': 'no-store' } });
  };
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

function incomplete(): Response {
  const detail = 'Redis cannot be reached: this isolate is purged, the others are not. Send the purge again.';
  return problemResponse(
    { status: 503, code: 'CACHE_PURGE_INCOMPLETE', title: 'The purge is incomplete', detail },
    { 'retry-after': RETRY_AFTER_SECONDS },
  );
}
