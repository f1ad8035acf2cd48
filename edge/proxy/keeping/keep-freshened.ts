/**
 * Keeps what a 304, or the answer to a HEAD, confirmed: the stored bytes with the fields of now, for a new life.
 *
 * Errors  none; why it is not kept is told in Cache-Status
 * Cost    the cache's write, after the response
 * Source  RFC 9111 §3.2, §4.3.4, §4.3.5
 */

import { freshen } from '../../../shared/http/freshen.ts';
import { computeFreshness } from '../../../shared/http/freshness.ts';
import { storedFields } from '../../../shared/http/storable.ts';
import { policyFor } from '../exchange.ts';
import type { StoredEntry } from '../stored.ts';
import { fieldsAtOrigin, fieldsInCoding } from './coding-of-stored.ts';
import { decideKeepable, type Keepable } from './keepable.ts';
import { type KeepDeps, type Keeping, type Obtained, writeKept } from './keeping.ts';

export interface Freshened {
  /** The stored response with the 304's fields, its freshness counted anew. */
  readonly entry: StoredEntry;
  readonly kept: Keepable;
}

export function keepFreshened(
  keeping: Keeping,
  entry: StoredEntry,
  obtained: Obtained,
  deps: KeepDeps,
): Freshened {
  const { answer, sent } = obtained;
  const { status, coding } = entry.meta;
  // With the age that a cache before us gave it, which is not stored.
  const renewed = freshen(fieldsAtOrigin(entry.meta), answer.fields);
  const response = { ...answer, status, fields: renewed };
  const kept = decideKeepable(keeping.exchange, { ...response, method: 'GET' }, deps.limits);
  const freshness = computeFreshness({ ...response, policy: policyFor(keeping.exchange, renewed) });
  const fields = fieldsInCoding(storedFields(renewed, answer.receivedAt), coding);
  const meta = { status, fields, freshness, ...(coding && { coding }) };
  const { body, key } = entry;
  if (kept.storable) keeping.waitUntil(writeKept(keeping, { meta, body, tags: kept.tags, sent }, deps));
  return { entry: { key, meta, body, tags: entry.tags, deadAt: meta.freshness.deadAt }, kept };
}
