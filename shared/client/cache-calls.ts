/**
 * The cache, from outside: take things out of it, and ask what it would do.
 */

import type { ExplainBody, Explanation, PurgeBody, Purged } from '../api/cache.ts';
import type { Call, CallSettings } from './call.ts';

export interface CacheCalls {
  /** One selector: urls, tags, prefixes, hosts, patterns or everything. */
  purge(body: PurgeBody, settings?: CallSettings): Promise<Purged>;
  /** Asks no origin and changes nothing. */
  explain(body: ExplainBody, settings?: CallSettings): Promise<Explanation>;
}

export function cacheCalls(call: Call): CacheCalls {
  return {
    purge: (body, settings) => call('POST /api/admin/cache/purge', { body, ...settings }),
    explain: (body, settings) => call('POST /api/admin/cache/explain', { body, ...settings }),
  };
}
