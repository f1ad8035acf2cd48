/**
 * The level in Redis, shared by all isolates. A purge replaces a random token per tag; an entry is valid while the tokens
 * it was stored with are still there. No tag sets, no scans, no clocks.
 *
 * Errors  rejects with RedisUnavailable or RedisError; a value that cannot be read is a miss and is told to `onEvent`
 * Cost    as the port says
 */

import type { Clock } from '../primitives/clock.ts';
import type { CreateId } from '../primitives/ids.ts';
import { type Redis, type RedisCommand, RedisError } from '../redis/redis.ts';
import { createScript } from '../redis/script.ts';
import { type DecodedEntry, decodeEntry, decodeForks, encodeEntry, encodeForks } from './codec.ts';
import type { Entry } from './entry.ts';
import type { CacheListener } from './events.ts';
import { boundDeadAt, PURGE_LIFE_MS } from './longest-life.ts';
import { createPurgeKnowledge } from './purge-knowledge.ts';
import { PURGE_TAGS } from './purge-tags.lua.ts';
import { formatPurged, MAX_PURGES_BYTES } from './recent-purges.ts';
import { createFinder } from './redis-finder.ts';
import { createRedisKeys } from './redis-keys.ts';
import { createRedisReader } from './redis-reader.ts';
import type { SharedStore } from './store.ts';
import { comparePurges, MOST_TAGS, selectTokens, type Ticket, type TokenPair } from './tokens.ts';
import { type Forks, mergeForks, NO_FORKS, variantKey } from './variants.ts';

export interface RedisStoreDeps {
  readonly redis: Redis;
  readonly clock: Clock;
  readonly createId: CreateId;
  readonly onEvent: CacheListener;
}

export interface RedisStoreOptions {
  readonly keyPrefix: string;
  /** How long a purge elsewhere may go unseen; 0 asks each time. */
  readonly tagsTtlMs: number;
  /**
   * Larger values are not kept: they would not be across within the deadline of a call, and look as if Redis was failing.
   * @default 1 MiB, a quarter of a second at 34 Mbit/s
   */
  readonly maxValueBytes?: number;
}

const MAX_VALUE_BYTES = 1024 * 1024;

export function createRedisStore<Meta>(deps: RedisStoreDeps, options: RedisStoreOptions): SharedStore<Meta> {
  const { redis, clock, createId, onEvent } = deps;
  const { maxValueBytes = MAX_VALUE_BYTES } = options;
  const keys = createRedisKeys(options.keyPrefix);
  const reader = createRedisReader(redis, keys, clock);
  const purgeScript = createScript(PURGE_TAGS);
  const knowledge = createPurgeKnowledge({ clock, tagsTtlMs: options.tagsTtlMs });

  /** The tokens of before the load, or those of now where they prove that nothing was purged since it began. */
  async function bindTokens(ticket: Ticket, tags: readonly string[]): Promise<TokenPair[] | undefined> {
    const unknown = tags.filter(tag => !ticket.tokens.has(tag));
    if (unknown.length === 0) return selectTokens(ticket.tokens, tags);
    const now = knowledge.learn(await reader.readTokens(unknown));
    const isProven = ([tag, pair]: [string, TokenPair]) => knowledge.heldAt(ticket, tag, pair);
    const isKnown = () => [...now.tokens].every(isProven) || knowledge.isUntouched(ticket, unknown);
    if (now.mark !== ticket.mark && !isKnown()) return undefined;
    return selectTokens(new Map([...now.tokens, ...ticket.tokens]), tags);
  }

  function decode(bytes: Uint8Array, key: string): DecodedEntry<Meta> | undefined {
    if (bytes.byteLength === 0) return undefined;
    const decoded = decodeEntry<Meta>(bytes);
    if (decoded?.entry.key === key) return decoded;
    onEvent({ kind: 'value-unreadable', key });
    return undefined;
  }

  function keep(key: string, value: string | Uint8Array, deadAt: number): RedisCommand {
    return ['SET', key, value, 'PX', Math.max(1, deadAt - clock())];
  }

  async function send(commands: readonly RedisCommand[]): Promise<void> {
    for (const reply of await redis.pipeline(commands)) if (reply instanceof RedisError) throw reply;
  }

  return {
    async read(lookup, options) {
      const reading = await reader.readEntry(lookup, options);
      const forks = decodeForks(reading.forks) ?? NO_FORKS;
      const decoded = decode(reading.entry, variantKey(lookup, forks.names));
      const ticket = knowledge.learn(reading.ticket(decoded?.entry.tags ?? []));
      const entry = decoded && survive(decoded.entry, decoded.tokens, ticket);
      return { entry: entry && entry.deadAt > clock() ? entry : undefined, forks, ticket };
    },
    async write({ lookup, reading, varies, value }) {
      if (value.tags.length > MOST_TAGS || value.body.byteLength > maxValueBytes) return 'too-large';
      const tokens = await bindTokens(reading.ticket, value.tags);
      if (!tokens) return 'refused';
      const deadAt = boundDeadAt(value.deadAt, clock());
      const forks = mergeForks(reading.forks, varies, deadAt);
      const bytes = encodeEntry({ ...value, deadAt, key: variantKey(lookup, forks.names) }, tokens);
      const commands = [keep(await keys.variant(lookup, forks.names), bytes, deadAt)];
      if (forks !== reading.forks) {
        const command = keep(await keys.entry(lookup.base), encodeForks(forks), forks.deadAt);
        commands.push(isRecalled(reading.forks, forks) ? [...command, 'NX'] : command);
      }
      await send(commands);
      return 'stored';
    },
    async purge(tags, { soft }) {
      if (tags.length === 0) return;
      const prefix = soft ? keys.softPrefix : keys.hardPrefix;
      const tokens = tags.map(tag => prefix + tag);
      const names = [...tokens, keys.mark, keys.purges];
      const values = [createId(), PURGE_LIFE_MS, formatPurged(tags), MAX_PURGES_BYTES];
      const reply = await purgeScript.run(redis, names, values);
      if (reply instanceof RedisError) throw reply;
    },
    find: createFinder(redis, keys),
    isCurrent: ({ ticket, tags }) => ticket !== undefined && knowledge.isCurrent(ticket, tags),
    async check(entry) {
      const ticket = knowledge.learn(await reader.readTokens(entry.tags));
      if (entry.ticket?.mark === ticket.mark) return { ...entry, ticket };
      return survive(entry, entry.ticket && selectTokens(entry.ticket.tokens, entry.tags), ticket);
    },
  };
}

/** The entry as the tokens of now make it, or undefined when it was purged since it was bound. */
function survive<Meta>(
  entry: Entry<Meta>,
  bound: readonly TokenPair[] | undefined,
  ticket: Ticket,
): Entry<Meta> | undefined {
  const state = comparePurges(bound, selectTokens(ticket.tokens, entry.tags));
  if (state === 'purged') return undefined;
  return { ...entry, ticket, ...(state === 'soft' && { soft: true }) };
}

/** Forks that only memory recalls must not take the place of those in Redis, which may have learned more since. */
function isRecalled(known: Forks, forks: Forks): boolean {
  return known.deadAt === 0 && known.names.length === forks.names.length;
}
