/**
 * A map bounded in bytes and in entries that a scan cannot sweep: what is new must be used again to reach the main queue,
 * and only what stands in the small queue makes room for what is new.
 *
 * A hit moves nothing: it counts up to three, and eviction reads the count.
 *
 * Units   bytes are what the caller says a value costs
 * Cost    a hit is one look-up; other calls are O(1), besides what a new value pushes out
 * Source  Yang and others, "FIFO queues are all you need for cache eviction" (SOSP 2023), with a ghost of key texts
 */

import type { Lru, LruOptions } from './lru.ts';

interface Slot<Value> {
  value: Value;
  bytes: number;
  uses: number;
}

const SMALL_SHARE = 0.1;
const MOST_USES = 3;

export function createS3Fifo<Value>({ maxBytes, maxEntries, onLeave }: LruOptions<Value>): Lru<Value> {
  const small = new Map<string, Slot<Value>>();
  const main = new Map<string, Slot<Value>>();
  /** Keys that left the small queue unused: should they come back, they were worth more than it seemed. */
  const ghost = new Set<string>();
  const smallest = { bytes: maxBytes * SMALL_SHARE, entries: Math.max(1, maxEntries * SMALL_SHARE) };
  let [smallBytes, bytes] = [0, 0];

  const find = (key: string) => main.get(key) ?? small.get(key);

  function remove(key: string): void {
    const slot = find(key);
    if (!slot) return;
    if (!main.delete(key)) {
      small.delete(key);
      smallBytes -= slot.bytes;
    }
    bytes -= slot.bytes;
    onLeave?.(key, slot.value);
  }

  function promote(key: string, slot: Slot<Value>): void {
    small.delete(key);
    smallBytes -= slot.bytes;
    slot.uses = 0;
    main.set(key, slot);
  }

  function haunt(key: string): void {
    ghost.add(key);
    if (ghost.size <= maxEntries) return;
    for (const oldest of ghost) {
      ghost.delete(oldest);
      return;
    }
  }

  function shrinkSmall(): void {
    for (const [key, slot] of small) {
      if (slot.uses > 0) promote(key, slot);
      else {
        remove(key);
        haunt(key);
      }
      return;
    }
  }

  function shrinkMain(): void {
    for (const [key, slot] of main) {
      if (slot.uses === 0) remove(key);
      else requeue(key, slot);
      return;
    }
  }

  function requeue(key: string, slot: Slot<Value>): void {
    slot.uses--;
    main.delete(key);
    main.set(key, slot);
  }

  function makeRoom(): void {
    while (bytes > maxBytes || small.size + main.size > maxEntries) {
      const crowded = small.size > smallest.entries || (smallBytes > smallest.bytes && small.size > 1);
      if (crowded || main.size === 0) shrinkSmall();
      else shrinkMain();
    }
  }

  return {
    get(key) {
      const slot = find(key);
      if (slot === undefined) return undefined;
      if (slot.uses < MOST_USES) slot.uses++;
      return slot.value;
    },
    peek: key => find(key)?.value,
    set(key, value, cost) {
      const wasMain = main.has(key);
      remove(key);
      const returned = ghost.delete(key);
      const slot = { value, bytes: cost, uses: 0 };
      bytes += cost;
      if (wasMain || returned) main.set(key, slot);
      else {
        small.set(key, slot);
        smallBytes += cost;
      }
      makeRoom();
    },
    replace(key, value) {
      const slot = find(key);
      if (slot) slot.value = value;
    },
    delete: remove,
    size: () => ({ entries: small.size + main.size, bytes }),
  };
}
