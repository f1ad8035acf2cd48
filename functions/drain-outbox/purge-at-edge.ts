/**
 * Purges by the edge's own API, from the inside out: Redis, the isolate that answers, the cache in front of it, and, where
 * headrace.config.ts names any, the other CDNs by a job.
 *
 * Of the same changes it is the same job, so that who dies after the purge and purges again pays no CDN twice.
 *
 * Errors  those of the client; a purge that reached one isolate alone, or not the CDNs, is refused by the edge, and so sent again
 * Cost    one request
 */

import type { Client } from '../../shared/client/client.ts';
import type { DrainDeps } from '../../shared/outbox/drain.ts';
import { hashText } from '../../shared/primitives/hash.ts';

export function createEdgePurge({
  cache,
}: {
  readonly cache: Pick<Client['cache'], 'invalidate'>;
}): DrainDeps['purge'] {
  return async (tags, changes) => {
    const idempotencyKey = `outbox-${await hashText(changes)}`;
    await cache.invalidate({ tags: [...tags] }, { idempotencyKey });
  };
}
