/**
 * Takes what is stored out of the cache when the origin's newer word on it cannot take its place: a page that has become
 * private, that must not be stored any more, or that is gone, is not to be served again.
 *
 * An answer that one client's request brought about (its credentials, an odd header, too many requests) says nothing about
 * what everyone gets, and leaves it alone.
 *
 * Errors  none
 * Cost    one Redis command, after the response
 * Source  RFC 9111 §4.3.3, §4.3.4
 */

import type { WhyNotKept } from './keepable.ts';
import type { Loading } from './load.ts';
import { urlTag } from './own-tags.ts';

export interface Superseding {
  /** Of the origin's final answer. */
  readonly status: number;
  readonly why: WhyNotKept;
}

export function dropSuperseded(loading: Loading, newer: Superseding): void {
  const { exchange, reading, reason, cache, waitUntil } = loading;
  if (!reading.found || reason === 'bypass' || !speaksForEveryone(loading, newer)) return;
  waitUntil(cache.purge([urlTag(exchange.key)], { soft: false }));
}

function speaksForEveryone({ exchange }: Loading, { status, why }: Superseding): boolean {
  if (status >= 500 || OF_ONE_REQUEST.has(why)) return false;
  return !PROVOKED.has(status) && !exchange.route.policy.neverStoreStatuses.includes(status);
}

const OF_ONE_REQUEST: ReadonlySet<WhyNotKept> = new Set([
  'method',
  'request-no-store',
  'authorization',
  'cookie',
  'header',
]);

/** Bad Request, Request Timeout, Too Many Requests: about the one who asked. */
const PROVOKED: ReadonlySet<number> = new Set([400, 408, 429]);
