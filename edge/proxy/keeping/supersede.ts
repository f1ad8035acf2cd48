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

import type { ForwardReason } from '../../../shared/http/cache-status.ts';
import type { Exchange } from '../exchange.ts';
import { urlTags } from '../own-tags.ts';
import type { WhyNotKept } from './keepable.ts';
import type { Keeping } from './keeping.ts';

/** A request that was forwarded, and what was found before. */
export interface Forwarded extends Keeping {
  readonly reason: ForwardReason;
}

export interface Superseding {
  /** Of the origin's final answer. */
  readonly status: number;
  readonly why: WhyNotKept;
}

export function dropSuperseded(forwarded: Forwarded, newer: Superseding): void {
  const { exchange, reading, reason, cache, waitUntil } = forwarded;
  if (!reading.found || reason === 'bypass' || !speaksForEveryone(exchange, newer)) return;
  waitUntil(cache.purge(urlTags(exchange.key), { soft: false }));
}

function speaksForEveryone({ route }: Exchange, { status, why }: Superseding): boolean {
  if (status >= 500 || OF_ONE_REQUEST.has(why)) return false;
  return !PROVOKED.has(status) && !route.policy.neverStoreStatuses.includes(status);
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
