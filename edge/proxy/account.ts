/**
 * What is noted of a request on its way through the proxy by the step that answers it.
 *
 * Units   bytes
 * Errors  none
 * Cost    one small object a request
 */

import type { CacheStatus } from '../../shared/http/cache-status.ts';

/** The kinds of decisions (decide.ts). */
export type ObservedDecision = 'hit' | 'stale' | 'revalidate' | 'fetch' | 'pass' | 'unavailable';

/** Empty until somebody answers. */
export interface Account {
  status?: CacheStatus;
  /** The origin gave no answer that can be passed on. */
  failed?: boolean;
  /** Of the body to be sent; undefined where nobody knows before its end. */
  bodyBytes?: number | undefined;
  /** HEADRACE_MODE=observe: what would have been done. */
  observed?: ObservedDecision;
}

export function noteAnswer(account: Account | undefined, status: CacheStatus, bodyBytes?: number): void {
  if (!account) return;
  account.status = status;
  account.bodyBytes = bodyBytes;
}

export function noteFailure(account: Account | undefined, status: CacheStatus): void {
  if (!account) return;
  account.status = status;
  account.failed = true;
}
