/**
 * All keys of the local Redis: values by type, expiry on the millisecond, the order in which SCAN walks.
 *
 * Units   expiresAt epoch ms
 * Errors  RedisError WRONGTYPE when a key holds another type
 * Cost    an expired key is forgotten when it is next looked at, or by sweep
 */
import { refuse } from './refusals.ts';
import type { Bytes } from './reply.ts';
import type { SortedSet } from './sorted-set.ts';

export interface Values {
  string: Bytes;
  hash: Map<string, Bytes>;
  set: Set<string>;
  zset: SortedSet;
  list: Bytes[];
}
export type Type = keyof Values;
export type Value = { [T in Type]: { readonly type: T; readonly content: Values[T] } }[Type];
export type Entry = Value & { readonly expiresAt: number | null; readonly sequence: number };

export type Keyspace = ReturnType<typeof createKeyspace>;

export function createKeyspace(clock: () => number) {
  const entries = new Map<string, Entry>();
  let now = clock();
  let sequence = 0;
  let sweeping = entries.entries();

  function find(key: string): Entry | undefined {
    const entry = entries.get(key);
    if (entry === undefined || !isExpired(entry)) return entry;
    entries.delete(key);
    return undefined;
  }

  function read<T extends Type>(key: string, type: T): Values[T] | undefined {
    const entry = find(key);
    if (entry === undefined) return undefined;
    return entry.type === type ? (entry.content as Values[T]) : refuse('wrongType');
  }

  function write(key: string, value: Value, expiresAt: number | null = null): void {
    entries.set(key, { ...value, expiresAt, sequence: entries.get(key)?.sequence ?? ++sequence });
  }

  function isExpired(entry: Entry): boolean {
    return entry.expiresAt !== null && entry.expiresAt <= now;
  }

  return {
    /** One instant for a whole command, and for all that a script or a transaction runs. */
    stopClock(): void {
      now = clock();
    },
    now: () => now,
    find,
    read,
    /** The collection of a key, made when the key is absent. */
    open<T extends Type>(key: string, type: T, create: () => Values[T]): Values[T] {
      const present = read(key, type);
      if (present !== undefined) return present;
      const content = create();
      write(key, { type, content } as Value);
      return content;
    },
    write,
    /** Changes the value and lets the expiry stand. */
    replace(key: string, value: Value): void {
      write(key, value, find(key)?.expiresAt ?? null);
    },
    expire(key: string, expiresAt: number | null): void {
      const entry = find(key);
      if (entry !== undefined) entries.set(key, { ...entry, expiresAt });
    },
    remove: (key: string): boolean => find(key) !== undefined && entries.delete(key),
    clear: (): void => entries.clear(),
    *live(): Generator<[key: string, entry: Entry]> {
      for (const pair of entries) if (!isExpired(pair[1])) yield pair;
    },
    /** Looks at some keys and forgets the expired ones; goes on where it stopped. */
    sweep(limit: number): void {
      now = clock();
      for (let seen = 0; seen < limit; seen++) {
        const next = sweeping.next();
        if (next.done) {
          sweeping = entries.entries();
          return;
        }
        if (isExpired(next.value[1])) entries.delete(next.value[0]);
      }
    },
  };
}
