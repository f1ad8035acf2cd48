/**
 * A map bounded in bytes and in entries: what was used longest ago leaves first.
 *
 * To use a value only marks it. Who has the mark when room is made loses it and goes to the end of the queue: nearly the
 * order of use, for a fraction of what it costs to keep that order at each use.
 *
 * Units   bytes are what the caller says a value costs
 * Cost    each call is O(1), besides what a new value pushes out
 */

export interface Lru<Value> {
  /** Counts as a use. */
  get(key: string): Value | undefined;
  /** Does not count as a use. */
  peek(key: string): Value | undefined;
  /** Counts as a use; a value larger than everything pushes itself out too. */
  set(key: string, value: Value, bytes: number): void;
  /** The same value in other words: of the same cost, in the same place; nothing when the key is not there. */
  replace(key: string, value: Value): void;
  delete(key: string): void;
  size(): { readonly entries: number; readonly bytes: number };
}

export interface LruBounds {
  readonly maxBytes: number;
  readonly maxEntries: number;
}

export interface LruOptions<Value> extends LruBounds {
  /** Told of each value that is deleted, pushed out, or followed by another under its key. */
  readonly onLeave?: (key: string, value: Value) => void;
}

interface Slot<Value> {
  value: Value;
  used: boolean;
  readonly bytes: number;
}

export function createLru<Value>({ maxBytes, maxEntries, onLeave }: LruOptions<Value>): Lru<Value> {
  /** A queue: a Map keeps the order in which keys were set. */
  const slots = new Map<string, Slot<Value>>();
  let bytes = 0;

  function remove(key: string): void {
    const slot = slots.get(key);
    if (!slot) return;
    slots.delete(key);
    bytes -= slot.bytes;
    onLeave?.(key, slot.value);
  }

  /** The loop that makes room comes by again. */
  function sendBack(key: string, slot: Slot<Value>): void {
    slot.used = false;
    slots.delete(key);
    slots.set(key, slot);
  }

  function makeRoom(): void {
    for (const [oldest, slot] of slots) {
      if (bytes <= maxBytes && slots.size <= maxEntries) return;
      if (slot.used) sendBack(oldest, slot);
      else remove(oldest);
    }
  }

  return {
    get(key) {
      const slot = slots.get(key);
      if (!slot) return undefined;
      slot.used = true;
      return slot.value;
    },
    peek: key => slots.get(key)?.value,
    set(key, value, cost) {
      remove(key);
      slots.set(key, { value, used: false, bytes: cost });
      bytes += cost;
      makeRoom();
    },
    replace(key, value) {
      const slot = slots.get(key);
      if (slot) slot.value = value;
    },
    delete: remove,
    size: () => ({ entries: slots.size, bytes }),
  };
}

/** What a remembered text costs, from above: two bytes a character, and the map around it. */
export function rememberedBytes(...texts: readonly string[]): number {
  return texts.reduce((bytes, text) => bytes + 2 * text.length + 32, 128);
}
