/**
 * The level in this isolate's memory: bounded in bytes and in entries, the least recently used leaves first.
 *
 * Units   bytes are the body's, the key's and the meta's as text; an entry costs at least OVERHEAD_BYTES
 * Errors  none
 * Cost    no round trip; a purge walks all entries
 */

import type { Clock } from '../primitives/clock.ts';
import {
  type Entry,
  type Forks,
  type Lookup,
  mergeForks,
  NO_FORKS,
  type Value,
  variantKey,
} from './entry.ts';
import { createPurgeLog } from './purge-log.ts';
import type { CacheStore, PurgeOptions, Reading, Write, WriteOutcome } from './store.ts';

export interface MemoryStore<Meta> extends CacheStore<Meta> {
  read(lookup: Lookup): Reading<Meta>;
  write(write: MemoryWrite<Meta>): WriteOutcome;
  purge(tags: readonly string[], options: PurgeOptions): void;
  /** Replaces an entry that is still held by itself with a newer stamp. */
  replace(entry: Entry<Meta>): void;
  remove(key: string): void;
  size(): { readonly entries: number; readonly bytes: number };
}

/** A value that another level already holds brings its stamp along. */
export interface MemoryWrite<Meta> extends Write<Meta> {
  readonly value: Value<Meta> & Pick<Entry<Meta>, 'stamp' | 'soft'>;
}

export interface MemoryStoreOptions {
  readonly maxBytes: number;
  readonly maxEntries: number;
  readonly clock: Clock;
}

interface Slot<Meta> {
  readonly entry: Entry<Meta>;
  readonly bytes: number;
}

const OVERHEAD_BYTES = 256;
const NO_TOKENS = new Map();

export function createMemoryStore<Meta>({
  maxBytes,
  maxEntries,
  clock,
}: MemoryStoreOptions): MemoryStore<Meta> {
  /** In the order of their last use: a Map keeps the order in which keys were set. */
  const slots = new Map<string, Slot<Meta>>();
  const forksOf = new Map<string, Forks>();
  const purges = createPurgeLog();
  let bytes = 0;

  function remove(key: string): void {
    bytes -= slots.get(key)?.bytes ?? 0;
    slots.delete(key);
  }

  function insert(slot: Slot<Meta>): void {
    remove(slot.entry.key);
    slots.set(slot.entry.key, slot);
    bytes += slot.bytes;
    for (const oldest of slots.keys()) {
      if (bytes <= maxBytes && slots.size <= maxEntries) return;
      remove(oldest);
    }
  }

  function use(key: string): Entry<Meta> | undefined {
    const slot = slots.get(key);
    if (!slot) return undefined;
    slots.delete(key);
    if (slot.entry.deadAt > clock()) slots.set(key, slot);
    else bytes -= slot.bytes;
    return slots.get(key)?.entry;
  }

  function rememberForks(base: string, forks: Forks): void {
    forksOf.delete(base);
    if (forks.names.length > 0) forksOf.set(base, forks);
    for (const oldest of forksOf.keys()) {
      if (forksOf.size <= maxEntries) return;
      forksOf.delete(oldest);
    }
  }

  return {
    read(lookup) {
      const forks = forksOf.get(lookup.base) ?? NO_FORKS;
      const ticket = { mark: String(purges.position()), tokens: NO_TOKENS, at: clock() };
      return { entry: use(variantKey(lookup, forks.names)), forks, ticket };
    },
    write({ lookup, reading, varies, value }) {
      if (purges.purgedSince(Number(reading.ticket.mark), value.tags)) return 'refused';
      const forks = mergeForks(forksOf.get(lookup.base) ?? NO_FORKS, varies, value.deadAt);
      const entry: Entry<Meta> = { ...value, key: variantKey(lookup, forks.names) };
      const size = sizeOf(entry);
      if (size > maxBytes) {
        remove(entry.key);
        return 'too-large';
      }
      rememberForks(lookup.base, forks);
      insert({ entry, bytes: size });
      return 'stored';
    },
    purge(tags, { soft }) {
      const purged = new Set(tags);
      purges.record(purged);
      for (const [key, slot] of slots) {
        if (!slot.entry.tags.some(tag => purged.has(tag))) continue;
        if (soft) slots.set(key, { ...slot, entry: { ...slot.entry, soft: true } });
        else remove(key);
      }
    },
    replace(entry) {
      const slot = slots.get(entry.key);
      if (slot?.entry.body === entry.body) slots.set(entry.key, { ...slot, entry });
    },
    remove,
    size: () => ({ entries: slots.size, bytes }),
  };
}

function sizeOf<Meta>(entry: Entry<Meta>): number {
  return OVERHEAD_BYTES + entry.body.byteLength + 2 * entry.key.length + JSON.stringify(entry.meta).length;
}
