/**
 * What every step that keeps something needs, and the write itself: under the name and the tags that the response asks for.
 *
 * Errors  none
 * Cost    the cache's write
 */

import type { CacheReading, Levels } from '../../../shared/cache/levels.ts';
import type { Limits } from '../../../shared/config/plan.ts';
import { parseVary } from '../../../shared/http/vary.ts';
import type { CreateBodyPipe, WaitUntil } from '../../platform.ts';
import type { CacheableExchange } from '../exchange.ts';
import { lookupOf } from '../lookup.ts';
import type { OriginAnswer } from '../origin/fetch-origin.ts';
import type { Stored } from '../stored.ts';
import type { Encoder } from './encode.ts';
import { type KnownSearch, searchRuleOf } from './known-search.ts';
import { moveReading } from './move-reading.ts';
import type { RecordingRoom } from './recording-room.ts';

export interface Keeping {
  readonly exchange: CacheableExchange;
  readonly reading: CacheReading<Stored>;
  readonly cache: Levels<Stored>;
  /** Lets work go on after the response. */
  readonly waitUntil: WaitUntil;
}

export interface KeepDeps {
  readonly limits: Limits;
  readonly room: RecordingRoom;
  readonly encoder: Encoder;
  readonly knownSearch: KnownSearch;
  readonly createPipe: CreateBodyPipe;
}

/** An answer, and the quiet fields that were sent for it: it varies by them, whatever it says itself. */
export interface Obtained {
  readonly answer: OriginAnswer;
  readonly sent: readonly string[];
}

export interface NewValue {
  readonly meta: Stored;
  readonly body: Uint8Array<ArrayBuffer>;
  readonly tags: readonly string[];
  readonly sent: readonly string[];
}

export async function writeKept(
  { cache, reading, exchange }: Keeping,
  { meta, body, tags, sent }: NewValue,
  { knownSearch }: KeepDeps,
): Promise<void> {
  const rule = searchRuleOf(meta.fields);
  knownSearch.learn(exchange.key, rule);
  const lookup = lookupOf(exchange, rule);
  const isThere = lookup.base === reading.lookup.base;
  const vary = parseVary(meta.fields);
  const varies = new Set([...(vary === '*' ? [] : vary), ...exchange.route.key.headers, ...sent]);
  const carried = new Set([...lookup.tags, ...tags]);
  await cache.write({
    reading: isThere ? reading : await moveReading(reading, lookup, cache),
    varies: [...varies],
    value: { meta, body, tags: [...carried], deadAt: meta.freshness.deadAt },
  });
}
