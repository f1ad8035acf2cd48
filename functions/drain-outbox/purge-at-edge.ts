/**
 * Purges by the edge's own API, from the inside out: Redis, the isolate that answers, the CDN in front of it, and, where
 * there are any, the other CDNs by a job.
 *
 * Errors  those of the client; a purge that reached one isolate alone is refused by the edge, and so sent again
 * Cost    one request
 */

import type { Client } from '../../shared/client/client.ts';

export type EdgePurge = (tags: readonly string[]) => Promise<void>;

export function createEdgePurge(
  { cache }: { readonly cache: Pick<Client['cache'], 'purge'> },
  _options: { readonly tellsCdns: boolean },
): EdgePurge {
  return async tags => {
    await cache.purge({ tags: [...tags] });
  };
}
