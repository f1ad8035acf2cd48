/**
 * The level of application values in this process: bounded in bytes and in entries, with an admission that survives a scan.
 *
 * Writes, deletions and purges are recorded in their order, so that what was read or loaded before one of them does not
 * come to lie here after it.
 *
 * Errors  none
 * Cost    no round trip; a hit is one look-up and allocates nothing
 */

import type { Clock } from '../primitives/clock.ts';
import type { LruBounds } from '../primitives/lru.ts';
import { createS3Fifo } from '../primitives/s3-fifo.ts';
import type { HeldValue } from './held-value.ts';
import { createPurgeLog } from './purge-log.ts';
import { createTagIndex } from './tag-index.ts';

export interface ValueMemory {
  get(key: string): HeldValue | undefined;
  /** A point in the order of what happened here. */
  position(): number;
  /** How many purges there were. */
  purges(): number;
  /** True when the key was set or deleted, or one of the tags purged, after the position. */
  changedSince(position: number, key: string, tags: readonly string[]): boolean;
  put(held: HeldValue): void;
  /** In other words, unless it was replaced meanwhile; undefined takes it out. */
  replace(held: HeldValue, by: HeldValue | undefined): void;
  /** From now on nothing read before may be put: the key is about to change, or has. */
  touch(key: string): void;
  delete(key: string): void;
  purge(tags: readonly string[], options: { readonly soft: boolean }): void;
  /** Everything that is held under a tag. */
  keysOf(tag: string): Iterable<string>;
  size(): { readonly entries: number; readonly bytes: number };
}

export function createValueMemory(bounds: LruBounds, clock: Clock): ValueMemory {
  const index = createTagIndex();
  const slots = createS3Fifo<HeldValue>({ ...bounds, onLeave: (key, { tags }) => index.remove(key, tags) });
  const log = createPurgeLog();
  let purges = 0;
  const keyTag = (key: string) => `=${key}`;

  return {
    get(key) {
      const held = slots.get(key);
      if (held === undefined || held.deadAt > clock()) return held;
      slots.delete(key);
      return undefined;
    },
    position: log.position,
    changedSince: (position, key, tags) => log.purgedSince(position, [keyTag(key), ...tags]),
    put(held) {
      if (held.bytes > bounds.maxBytes) return slots.delete(held.key);
      slots.set(held.key, held, held.bytes);
      if (slots.peek(held.key) === held) index.add(held.key, held.tags);
    },
    replace(held, by) {
      if (slots.peek(held.key) !== held) return;
      if (by) slots.replace(held.key, by);
      else slots.delete(held.key);
    },
    touch: key => log.record([keyTag(key)]),
    delete(key) {
      log.record([keyTag(key)]);
      slots.delete(key);
    },
    purges: () => purges,
    purge(tags, { soft }) {
      purges++;
      log.record(tags);
      for (const key of index.keysOf(tags)) {
        const held = slots.peek(key);
        // Its ticket is of before the purge, and would bind the next value to it.
        if (soft && held) slots.replace(key, { ...held, soft: true, ticket: undefined });
        else slots.delete(key);
      }
    },
    keysOf: tag => index.keysOf([tag]),
    size: slots.size,
  };
}
