/**
 * The level in this isolate's memory: bounded in bytes and in entries, the least recently used leaves first.
 *
 * A base key holds its one value, or the forks that lead to its variants.
 *
 * Units   bytes are an estimate from above (entry-bytes.ts)
 * Errors  none
 * Cost    no round trip
 */

import type { Clock } from '../primitives/clock.ts';
import { createLru, type LruBounds } from '../primitives/lru.ts';
import type { Entry, Lookup, Value } from './entry.ts';
import { entryBytes, forksBytes } from './entry-bytes.ts';
import { boundDeadAt } from './longest-life.ts';
import { createPurgeLog } from './purge-log.ts';
import type { CacheStore, PurgeOptions, Reading, Write, WriteOutcome } from './store.ts';
import { createTagIndex } from './tag-index.ts';
import type { TagPattern } from './tag-pattern.ts';
import { MOST_TAGS, type Ticket } from './tokens.ts';
import { type Forks, mergeForks, NO_FORKS, variantKey } from './variants.ts';

export interface MemoryStore<Meta> extends CacheStore<Meta> {
  read(lookup: Lookup): Reading<Meta>;
  write(write: MemoryWrite<Meta>): WriteOutcome;
  purge(tags: readonly string[], options: PurgeOptions): void;
  /** Purges the tags that match, of what is held and of what is on its way. */
  purgeLike(pattern: TagPattern, options: PurgeOptions): readonly string[];
  /** Puts what another level said of an entry in its place, unless it was purged or replaced meanwhile. */
  replace(held: Entry<Meta>, checked: Entry<Meta> | undefined): void;
  /** How many of the values that are held carry a tag. */
  countOf(tag: string): number;
  size(): { readonly entries: number; readonly bytes: number };
}

/** A value that another level already holds brings along what that level said of it. */
export interface MemoryWrite<Meta> extends Write<Meta> {
  readonly value: Value<Meta> & Pick<Entry<Meta>, 'ticket' | 'soft'>;
}

export interface MemoryStoreOptions extends LruBounds {
  readonly clock: Clock;
}

export function createMemoryStore<Meta>({ clock, ...bounds }: MemoryStoreOptions): MemoryStore<Meta> {
  const index = createTagIndex();
  const slots = createLru<Entry<Meta> | Forks>({
    ...bounds,
    onLeave: (key, held) => isForks(held) || index.remove(key, held.tags),
  });
  const purges = createPurgeLog();
  let ticket = ticketAt(purges.position());

  function alive(key: string): Entry<Meta> | undefined {
    const held = slots.get(key);
    if (!held || isForks(held)) return undefined;
    if (held.deadAt > clock()) return held;
    slots.delete(key);
    return undefined;
  }

  function forksAt(base: string): Forks {
    const held = slots.peek(base);
    return held && isForks(held) ? held : NO_FORKS;
  }

  function drop(tags: readonly string[], { soft }: PurgeOptions): void {
    for (const key of index.keysOf(tags)) {
      const held = slots.peek(key);
      if (soft && held && !isForks(held)) slots.replace(key, { ...held, soft: true });
      else slots.delete(key);
    }
  }

  return {
    read(lookup) {
      const base = variantKey(lookup, []);
      const forks = forksAt(base);
      if (forks === NO_FORKS) return { entry: alive(base), forks, ticket };
      const entry = alive(variantKey(lookup, forks.names));
      // Used last, so that forks outlive the variants they lead to.
      slots.get(base);
      return { entry, forks, ticket };
    },
    write({ lookup, reading, varies, value }) {
      if (purges.purgedSince(reading.ticket.order, value.tags)) return 'refused';
      const base = variantKey(lookup, []);
      const deadAt = boundDeadAt(value.deadAt, clock());
      const forks = mergeForks(forksAt(base), varies, deadAt);
      const entry: Entry<Meta> = { ...value, deadAt, key: variantKey(lookup, forks.names) };
      const bytes = entryBytes(entry);
      slots.delete(entry.key);
      if (bytes > bounds.maxBytes || entry.tags.length > MOST_TAGS) return 'too-large';
      index.add(entry.key, entry.tags);
      slots.set(entry.key, entry, bytes);
      if (forks !== NO_FORKS) slots.set(base, forks, forksBytes(base, forks));
      return 'stored';
    },
    purge(tags, options) {
      purges.record(tags);
      ticket = ticketAt(purges.position());
      drop(tags, options);
    },
    purgeLike(pattern, options) {
      purges.recordLike(pattern);
      ticket = ticketAt(purges.position());
      const tags = index.tagsLike(pattern);
      drop(tags, options);
      return tags;
    },
    replace(held, checked) {
      if (slots.peek(held.key) !== held) return;
      if (checked) slots.replace(held.key, checked);
      else slots.delete(held.key);
    },
    countOf: index.countOf,
    size: slots.size,
  };
}

function isForks<Meta>(held: Entry<Meta> | Forks): held is Forks {
  return 'names' in held;
}

function ticketAt(order: number): Ticket {
  return { mark: '', tokens: new Map(), at: 0, order };
}
