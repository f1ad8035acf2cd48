/**
 * The cache, from outside: take things out of it, and ask what it would do.
 */

import type {
  ExplainBody,
  Explanation,
  InvalidateBody,
  Invalidated,
  PurgeBody,
  Purged,
} from '../api/cache.ts';
import type { Call, CallSettings } from './call.ts';
import { quote } from './quote.ts';

export interface CacheCalls {
  /** One selector: urls, tags, prefixes, hosts, patterns or everything. */
  purge(body: PurgeBody, settings?: CallSettings): Promise<Purged>;
  /** The same, and every CDN of headrace.config.ts by a job, whose row tells what each has done: jobs.get(job), jobs.watch(job). */
  invalidate(body: InvalidateBody, settings?: InvalidateSettings): Promise<Invalidated>;
  /** Asks no origin and changes nothing. */
  explain(body: ExplainBody, settings?: CallSettings): Promise<Explanation>;
}

export interface InvalidateSettings extends CallSettings {
  /** The same key is the same job. */
  readonly idempotencyKey?: string;
}

export function cacheCalls(call: Call): CacheCalls {
  return {
    purge: (body, settings) => call('POST /api/admin/cache/purge', { body, ...settings }),
    invalidate: (body, { idempotencyKey, ...settings } = {}) =>
      call('POST /api/admin/cache/invalidate', {
        body,
        headers: idempotencyKey === undefined ? {} : { 'Idempotency-Key': quote(idempotencyKey) },
        ...settings,
      }),
    explain: (body, settings) => call('POST /api/admin/cache/explain', { body, ...settings }),
  };
}
