/**
 * Cloudflare's Workers Cache as the cache in front: its purge is a method of the request's context, where it is switched on.
 *
 * Written to its documentation and held to a fake of it; not run on the platform itself.
 *
 * Source  developers.cloudflare.com/workers/cache/purge
 */

import type { CdnFront, CdnOutcome, CdnScope } from '../cdn-front.ts';
import type { PlatformCache, PlatformContext } from '../platform.ts';

const ITEMS_A_CALL = 100;

export function workersCacheOf({ cache }: PlatformContext): CdnFront {
  return {
    async purge(scope): Promise<CdnOutcome> {
      if (!cache) return 'absent';
      try {
        for (const call of callsFor(scope)) {
          const { success } = await cache.purge(call);
          if (!success) return 'unreachable';
        }
        return 'purged';
      } catch {
        return 'unreachable';
      }
    },
  };
}

type PurgeCall = Parameters<PlatformCache['purge']>[0];

function callsFor(scope: CdnScope): readonly PurgeCall[] {
  if (scope.kind === 'everything') return [{ purgeEverything: true }];
  if (scope.kind === 'tags') return inParts(scope.tags).map(tags => ({ tags }));
  return inParts(scope.pathPrefixes).map(pathPrefixes => ({ pathPrefixes }));
}

function inParts(items: readonly string[]): string[][] {
  const unique = [...new Set(items)];
  const count = Math.ceil(unique.length / ITEMS_A_CALL);
  return Array.from({ length: count }, (_, i) => unique.slice(i * ITEMS_A_CALL, (i + 1) * ITEMS_A_CALL));
}
