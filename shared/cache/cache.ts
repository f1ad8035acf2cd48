/**
 * The cache of two levels: memory in front, Redis behind where there is one. Either alone works; Redis in trouble is told
 * to the listener and never to the caller.
 *
 * Shape   read(lookup) -> reading (found at L1 | found at L2 | missing); write(reading, value); purge(tags)
 * Errors  none for Redis's sake; a purge says which level it could not reach
 * Cost    L1 hit: no trip within `tagsTtlMs` of the last check, else 1; L2 hit: 1; write as the stores say
 */

import { createSingleFlight } from '../primitives/single-flight.ts';
import type { Entry, Lookup, Stamp, Value } from './entry.ts';
import type { CacheListener } from './events.ts';
import type { MemoryStore } from './memory-store.ts';
import type { PurgeOptions, Reading, SharedStore, Ticket } from './store.ts';
import { selectTokens } from './tokens.ts';

export interface CacheDeps<Meta> {
  readonly memory: MemoryStore<Meta>;
  /** Absent: memory alone. */
  readonly shared?: SharedStore<Meta> | undefined;
  readonly onEvent: CacheListener;
}

export interface Cache<Meta> {
  read(lookup: Lookup): Promise<CacheReading<Meta>>;
  /** Memory has it when this returns; the promise is for Redis, to be waited for off the response path. */
  write(write: CacheWrite<Meta>): Promise<void>;
  purge(tags: readonly string[], options: PurgeOptions): Promise<PurgeOutcome>;
}

export interface CacheReading<Meta> {
  readonly lookup: Lookup;
  readonly found: { readonly entry: Entry<Meta>; readonly level: 'L1' | 'L2' } | undefined;
  readonly near: Reading<Meta>;
  /** Absent without Redis, and while it cannot be reached: what is loaded then stays in memory. */
  readonly far: Reading<Meta> | undefined;
}

export interface CacheWrite<Meta> {
  /** The reading that came before the load. */
  readonly reading: CacheReading<Meta>;
  readonly varies: readonly string[];
  readonly value: Value<Meta>;
}

export interface PurgeOutcome {
  readonly shared: 'purged' | 'absent' | 'unreachable';
}

export function createCache<Meta>({ memory, shared, onEvent }: CacheDeps<Meta>): Cache<Meta> {
  const checks = createSingleFlight<Entry<Meta> | undefined>();

  /** What is in memory, unless it was purged elsewhere. While Redis cannot say, what memory holds is served. */
  async function confirm(entry: Entry<Meta>): Promise<Entry<Meta> | undefined> {
    if (!shared || shared.isCurrent(entry)) return entry;
    const checked = await checks.run(entry.key, () =>
      shared.check(entry).catch(error => {
        onEvent({ kind: 'level-failed', operation: 'check', error });
        return entry;
      }),
    );
    if (checked) memory.replace(checked);
    else memory.remove(entry.key);
    return checked;
  }

  async function readShared(lookup: Lookup): Promise<Reading<Meta> | undefined> {
    try {
      return await shared?.read(lookup);
    } catch (error) {
      onEvent({ kind: 'level-failed', operation: 'read', error });
      return undefined;
    }
  }

  return {
    async read(lookup) {
      const near = memory.read(lookup);
      const held = near.entry && (await confirm(near.entry));
      if (held) return { lookup, found: { entry: held, level: 'L1' }, near, far: readingOf(held, near) };
      const far = await readShared(lookup);
      if (!far?.entry) return { lookup, found: undefined, near, far };
      memory.write({ lookup, reading: near, varies: far.forks.names, value: far.entry });
      return { lookup, found: { entry: far.entry, level: 'L2' }, near, far };
    },
    async write({ reading: { lookup, near, far }, varies, value }) {
      const names = [...varies, ...(far?.forks.names ?? [])];
      const stamp = far && stampOf(far.ticket, value.tags);
      memory.write({ lookup, reading: near, varies: names, value: { ...value, ...(stamp && { stamp }) } });
      if (!shared || !far) return;
      try {
        const outcome = await shared.write({ lookup, reading: far, varies, value });
        if (outcome === 'refused') onEvent({ kind: 'write-refused', key: lookup.base });
      } catch (error) {
        onEvent({ kind: 'level-failed', operation: 'write', error });
      }
    },
    async purge(tags, options) {
      const outcome = await purgeShared(tags, options);
      memory.purge(tags, options);
      return outcome;
    },
  };

  async function purgeShared(tags: readonly string[], options: PurgeOptions): Promise<PurgeOutcome> {
    if (!shared) return { shared: 'absent' };
    try {
      await shared.purge(tags, options);
      return { shared: 'purged' };
    } catch (error) {
      onEvent({ kind: 'level-failed', operation: 'purge', error });
      return { shared: 'unreachable' };
    }
  }
}

/**
 * An entry held in memory proves as much about purges as the reading it came from. What it says of variants may have been
 * evicted from Redis since: `deadAt: 0` has them written again.
 */
function readingOf<Meta>(entry: Entry<Meta>, near: Reading<Meta>): Reading<Meta> | undefined {
  const { stamp, tags } = entry;
  if (!stamp || stamp.mark === undefined) return undefined;
  const tokens = new Map((stamp.tokens ?? []).map((pair, i) => [tags[i] ?? '', pair]));
  return {
    entry,
    forks: { ...near.forks, deadAt: 0 },
    ticket: { mark: stamp.mark, tokens, at: stamp.checkedAt },
  };
}

function stampOf(ticket: Ticket, tags: readonly string[]): Stamp {
  const tokens = selectTokens(ticket.tokens, tags);
  return { mark: ticket.mark, checkedAt: ticket.at, ...(tokens && { tokens }) };
}
