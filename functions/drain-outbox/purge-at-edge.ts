/**
 * Purges by the edge's own API, from the inside out: Redis, the isolate that answers, the cache in front of it, and, where
 * headrace.config.ts names any, the other CDNs by a job.
 *
 * Of the same changes it is the same job, so that who dies after the purge and purges again pays no CDN twice. Very long tags go
 * in several requests: a job carries no more where the edge has no bucket for payloads, and who is refused once is refused for ever.
 *
 * Errors  those of the client; a purge that reached one isolate alone, or not the CDNs, is refused by the edge, and so sent again
 * Units   bytes of JSON
 * Cost    one request for PIECE_BYTES of tags
 */

import type { Client } from '../../shared/client/client.ts';
import { hashText } from '../../shared/primitives/hash.ts';

/** Who has no time left ends it: what may have been purged is purged again by the next run. */
export type EdgePurge = (tags: readonly string[], changes: string, signal: AbortSignal) => Promise<void>;

export function createEdgePurge({
  cache,
}: {
  readonly cache: Pick<Client['cache'], 'invalidate'>;
}): EdgePurge {
  return async (tags, changes, signal) => {
    const key = `outbox-${await hashText(changes)}`;
    for (const [at, piece] of piecesOf(tags).entries())
      await cache.invalidate({ tags: piece }, { idempotencyKey: at === 0 ? key : `${key}-${at}`, signal });
  };
}

/** A job without a bucket carries 64 KB. */
const PIECE_BYTES = 60 * 1024;

/** As long as they are short, there is one. */
function piecesOf(tags: readonly string[]): string[][] {
  const pieces: string[][] = [];
  let room = 0;
  for (const tag of tags) {
    const bytes = JSON.stringify(tag).length + 1;
    if (bytes > room) {
      pieces.push([]);
      room = PIECE_BYTES;
    }
    room -= bytes;
    pieces.at(-1)?.push(tag);
  }
  return pieces;
}
