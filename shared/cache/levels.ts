/**
 * Two levels as one: memory in front, Redis behind where there is one. Either alone works; Redis in trouble is told
 * to the listener and never to the caller.
 *
 * Shape   read(lookup) -> reading (found at L1 | found at L2 | missing); write(reading, value); purge(tags)
 * Errors  none for Redis's sake; a purge says which level it could not reach
 * Cost    L1 hit: no trip within `tagsTtlMs` of the last check, else 1; L2 hit: 1; write as the stores say
 */

import type { RedisCallOptions } from '../redis/redis.ts';
import type { Entry, Lookup, Value } from './entry.ts';
import type { CacheListener, LevelOperation } from './events.ts';
import { createLevelsPurge, type PurgeOutcome } from './levels-purge.ts';
import { createLook } from './look.ts';
import type { MemoryStore } from './memory-store.ts';
import type { LikePurged } from './purge-like.ts';
import type { PurgeOptions, Reading, SharedStore } from './store.ts';
import type { TagPattern } from './tag-pattern.ts';
import type { Ticket } from './tokens.ts';
import type { Forks } from './variants.ts';

export interface LevelsDeps<Meta> {
  readonly memory: MemoryStore<Meta>;
  /** Absent: memory alone. */
  readonly shared?: SharedStore<Meta> | undefined;
  readonly onEvent: CacheListener;
  /** What a read may wait for Redis in all, however often it has to ask. @default 250 */
  readonly readMs?: number;
}

export interface Levels<Meta> {
  /** At once where memory can answer alone: most reads do, and pay for no promise. */
  read(lookup: Lookup): CacheReading<Meta> | Promise<CacheReading<Meta>>;
  /**
   * What memory holds by now, for a request that read before and has waited since: only what was not purged before that
   * first reading, so that waiting costs no trip.
   */
  recall(reading: CacheReading<Meta>): CacheReading<Meta>;
  /** What Redis has by now, whatever memory holds: it may be somebody else's answer, and memory then has it too. */
  readShared(lookup: Lookup): Promise<CacheReading<Meta>>;
  /** What a read would find now, with nothing kept of it: for those who only ask what there is. */
  look(lookup: Lookup): Promise<CacheReading<Meta>>;
  /** How many of the values that memory holds carry a tag. */
  countInMemory(tag: string): number;
  /** Memory has it when this returns; the promise is for Redis, to be waited for off the response path. */
  write(write: CacheWrite<Meta>): Promise<void>;
  /** Redis first: purged the other way round, memory would fill again from what Redis still has. */
  purge(tags: readonly string[], options: PurgeOptions): Promise<PurgeOutcome>;
  /** The tags that match: a bounded search, not one command. */
  purgeLike(pattern: TagPattern, options: PurgeOptions): Promise<PurgeOutcome & LikePurged>;
}

export interface CacheReading<Meta> {
  readonly lookup: Lookup;
  readonly found: { readonly entry: Entry<Meta>; readonly level: 'L1' | 'L2' } | undefined;
  readonly near: Reading<Meta>;
  /** Absent where Redis was not asked for the entry or did not answer. */
  readonly far: Reading<Meta> | undefined;
}

export interface CacheWrite<Meta> {
  /** The reading that came before the load. */
  readonly reading: CacheReading<Meta>;
  readonly varies: readonly string[];
  readonly value: Value<Meta>;
}

export function createLevels<Meta>(deps: LevelsDeps<Meta>): Levels<Meta> {
  const { memory, shared, onEvent, readMs = 250 } = deps;

  async function readOn(lookup: Lookup, near: Reading<Meta>): Promise<CacheReading<Meta>> {
    // Begins to count before the first question, and ends the second one.
    const signal = near.entry && AbortSignal.timeout(readMs);
    const held = near.entry && (await confirm(near.entry));
    if (held) return { lookup, found: { entry: held, level: 'L1' }, near, far: undefined };
    return readFar(lookup, near, signal && { signal });
  }

  async function readFar(
    lookup: Lookup,
    near: Reading<Meta>,
    options?: RedisCallOptions,
  ): Promise<CacheReading<Meta>> {
    const far = await attempt('read', async () => shared?.read(lookup, options), undefined);
    if (!far?.entry) return { lookup, found: undefined, near, far };
    memory.write({ lookup, reading: near, varies: far.forks.names, value: far.entry });
    return { lookup, found: { entry: far.entry, level: 'L2' }, near, far };
  }

  /**
   * What is in memory, unless it was purged elsewhere. While Redis cannot say, what memory holds is served. Requests that
   * ask at the same moment each ask for themselves: in workerd a promise dies with the request that made it.
   */
  async function confirm(entry: Entry<Meta>): Promise<Entry<Meta> | undefined> {
    const checked = await attempt('check', async () => shared?.check(entry), entry);
    memory.replace(entry, checked);
    return checked;
  }

  /** Redis in trouble costs what Redis would have given, and nothing else. */
  async function attempt<Result>(
    operation: LevelOperation,
    work: () => Promise<Result>,
    otherwise: Result,
  ): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      onEvent({ kind: 'level-failed', operation, error });
      return otherwise;
    }
  }

  /** Where Redis could not be asked, memory is all there is. */
  function vouchesFor(reading: CacheReading<Meta>, entry: Entry<Meta>): boolean {
    const proof = proofOf(reading);
    return !shared || !proof || proof.ticket.mark === entry.ticket?.mark || shared.isCurrent(entry);
  }

  return {
    read(lookup) {
      const near = memory.read(lookup);
      const { entry } = near;
      if (!entry || (shared && !shared.isCurrent(entry))) return readOn(lookup, near);
      return { lookup, found: { entry, level: 'L1' }, near, far: undefined };
    },
    readShared: lookup => readFar(lookup, memory.read(lookup)),
    recall(reading) {
      const near = memory.read(reading.lookup);
      const { entry } = near;
      const found = entry && vouchesFor(reading, entry) ? { entry, level: 'L1' as const } : undefined;
      return { ...reading, near, found };
    },
    countInMemory: memory.countOf,
    look: createLook(deps, attempt),
    async write({ reading, varies, value }) {
      const { lookup, near } = reading;
      const far = proofOf(reading);
      const names = far ? [...varies, ...far.forks.names] : varies;
      const kept = far ? { ...value, ticket: far.ticket } : value;
      const inMemory = memory.write({ lookup, reading: near, varies: names, value: kept });
      // By a pattern that Redis has no token for: it would take what memory knows was purged.
      if (inMemory === 'refused') return onEvent({ kind: 'write-refused', key: lookup.base });
      if (!shared || !far) return;
      const write = { lookup, reading: far, varies, value };
      const outcome = await attempt('write', async () => shared.write(write), undefined);
      if (outcome === 'refused') onEvent({ kind: 'write-refused', key: lookup.base });
    },
    ...createLevelsPurge(deps, attempt),
  };
}

/**
 * What a write can show to Redis: the reading it gave, or the ticket of an entry that memory held, which proves as much.
 * Without either, what was loaded stays in memory. The forks may have left Redis meanwhile: `deadAt: 0` says so.
 */
function proofOf<Meta>({
  far,
  found,
  near,
}: CacheReading<Meta>): { forks: Forks; ticket: Ticket } | undefined {
  if (far) return far;
  const ticket = found?.entry.ticket;
  return ticket && { forks: { ...near.forks, deadAt: 0 }, ticket };
}
