/**
 * Tells caches, through the edge, of what changed under its name: its own, and every CDN of headrace.config.ts.
 *
 * Shape   keys, the address they are served below -> done
 * Errors  HeadraceApiError
 * Cost    one request for a thousand addresses
 */

import { MOST_ITEMS } from '../../../shared/api/cache.ts';
import type { Client } from '../../../shared/client/client.ts';
import { changedUrls } from '../../../shared/publishing/changed-urls.ts';

export type TellCaches = (keys: readonly string[]) => Promise<void>;

export function createTellCaches({ cache }: Pick<Client, 'cache'>, base: string): TellCaches {
  return async keys => {
    const urls = changedUrls(keys, base);
    for (let from = 0; from < urls.length; from += MOST_ITEMS)
      await cache.invalidate({ urls: urls.slice(from, from + MOST_ITEMS) });
  };
}
