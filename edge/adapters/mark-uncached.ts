/**
 * Tells a cache in front of this Worker to store nothing, in the field that it alone reads and takes away.
 *
 * It would keep what has no Cache-Control for hours, it does not have the host in its keys, and it asks nobody before it
 * answers: neither this Worker's rules nor its purges. The origin's own word in that field was meant for another cache.
 *
 * Source  developers.cloudflare.com/workers/cache: configuration, cache-keys
 */

import { isWebSocketAnswer } from './upstream.ts';

export const FRONT_FIELD = 'cloudflare-cdn-cache-control';

export function markUncached(response: Response): Response {
  if (isWebSocketAnswer(response)) return response;
  response.headers.set(FRONT_FIELD, 'no-store');
  return response;
}
