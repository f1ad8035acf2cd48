/**
 * What the answer to a HEAD request changes in what is stored for GET: new fields and a new life where it still stands, its
 * end where it no longer does. (Made stale, it would be served once more before the origin is asked.)
 *
 * Shape   -> what became of it; undefined where the answer says nothing of what is stored
 * Errors  none
 * Cost    the cache's write, or one Redis command; after the response
 * Source  RFC 9111 §4.3.5
 */

import { decideHeadUpdate } from '../../../shared/http/head-update.ts';
import { urlTags } from '../own-tags.ts';
import { fieldsAtOrigin } from './coding-of-stored.ts';
import { keepFreshened } from './keep-freshened.ts';
import type { Keepable } from './keepable.ts';
import type { KeepDeps, Obtained } from './keeping.ts';
import { dropSuperseded, type Forwarded } from './supersede.ts';

export function learnFromHead(
  forwarded: Forwarded,
  obtained: Obtained,
  deps: KeepDeps,
): Keepable | undefined {
  const { exchange, reading, reason, cache, waitUntil } = forwarded;
  const entry = reading.found?.entry;
  if (exchange.method !== 'HEAD' || !entry || reason === 'bypass') return undefined;
  const { status, coding = 'identity' } = entry.meta;
  const bodyBytes = coding === 'identity' ? entry.body.byteLength : undefined;
  const { answer } = obtained;
  if (GONE.has(answer.status)) dropSuperseded(forwarded, { status: answer.status, why: 'no-freshness' });
  const update = decideHeadUpdate({ status, fields: fieldsAtOrigin(entry.meta), bodyBytes }, answer);
  if (update.kind === 'outdated') waitUntil(cache.purge(urlTags(exchange.key), { soft: false }));
  if (update.kind !== 'update') return undefined;
  const { kept } = keepFreshened(forwarded, entry, obtained, deps);
  if (!kept.storable) dropSuperseded(forwarded, { status, why: kept.why });
  return kept;
}

/** Said of the resource, by whatever method it is asked. */
const GONE = new Set([404, 410]);
