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
import { decodeEntry, decodeForks, encodeEntry, encodeForks } from './codec.ts';
import { type Entry, mergeForks, NO_FORKS, variantKey } from './entry.ts';
import type { CacheListener } from './events.ts';
import { createKnownTokens } from './known-tokens.ts';
import { createRedisKeys } from './redis-keys.ts';
import { createRedisReader } from './redis-reader.ts';
import type { SharedStore, Ticket, Write } from './store.ts';
import { comparePurges, selectTokens, type TokenPair } from './tokens.ts';

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
}

export function createRedisStore<Meta>(deps: RedisStoreDeps, options: RedisStoreOptions): SharedStore<Meta> {
  const { redis, clock, createId, onEvent } = deps;
  const keys = createRedisKeys(options.keyPrefix);
  const reader = createRedisReader(redis, keys, clock);
  const known = createKnownTokens();
  /** The last word from Redis on whether anything at all was purged. */
  let last = { mark: '', at: Number.NEGATIVE_INFINITY };

  function learn(ticket: Ticket): Ticket {
    known.learn(ticket.tokens, ticket.at);
    if (ticket.at >= last.at) last = { mark: ticket.mark, at: ticket.at };
    return ticket;
  }

  /** The tokens of before the load, or those of now where they prove that nothing was purged since it began. */
  async function bindTokens({ value, reading }: Write<Meta>): Promise<readonly TokenPair[] | undefined> {
    const before = selectTokens(reading.ticket.tokens, value.tags);
    if (before) return before;
    const now = await reader.readTokens(value.tags);
    const proven = (tag: string, pair: TokenPair) =>
      now.mark === reading.ticket.mark || known.heldAt(tag, pair, reading.ticket.at);
    const unchanged = [...now.tokens].every(([tag, pair]) => proven(tag, pair));
    learn(now);
    return unchanged ? selectTokens(now.tokens, value.tags) : undefined;
  }

  /** The entry as the tokens of now make it, or undefined when it did not survive. */
  function restamp(entry: Entry<Meta>, { mark, tokens, at }: Ticket): Entry<Meta> | undefined {
    const now = selectTokens(tokens, entry.tags) ?? [];
    const state = entry.stamp?.mark === mark ? 'valid' : comparePurges(entry.stamp?.tokens ?? [], now);
    if (state === 'purged') return undefined;
    return { ...entry, stamp: { mark, tokens: now, checkedAt: at }, ...(state === 'soft' && { soft: true }) };
  }

  function decode(bytes: Uint8Array, key: string): Entry<Meta> | undefined {
    if (bytes.byteLength === 0) return undefined;
    const entry = decodeEntry<Meta>(bytes);
    if (entry?.key === key) return entry.deadAt > clock() ? entry : undefined;
    onEvent({ kind: 'value-unreadable', key });
    return undefined;
  }

  async function send(commands: readonly RedisCommand[]): Promise<void> {
    for (const reply of await redis.pipeline(commands)) if (reply instanceof RedisError) throw reply;
  }

  return {
    async read(lookup) {
      const reading = await reader.readEntry(lookup);
      const forks = decodeForks(reading.forks) ?? NO_FORKS;
      const entry = decode(reading.entry, variantKey(lookup, forks.names));
      const ticket = learn(reading.ticket(entry?.tags ?? []));
      return { entry: entry && restamp(entry, ticket), forks, ticket };
    },
    async write(write) {
      const { lookup, reading, varies, value } = write;
      const tokens = await bindTokens(write);
      if (!tokens) return 'refused';
      const forks = mergeForks(reading.forks, varies, value.deadAt);
      const stamp = { tokens, checkedAt: 0 };
      const bytes = encodeEntry({ ...value, key: variantKey(lookup, forks.names), stamp });
      const until = (deadAt: number) => ['PX', Math.max(1, Math.ceil(deadAt - clock()))] as const;
      const commands: RedisCommand[] = [
        ['SET', await keys.variant(lookup, forks.names), bytes, ...until(value.deadAt)],
      ];
      if (forks !== reading.forks) {
        commands.push(['SET', await keys.entry(lookup.base), encodeForks(forks), ...until(forks.deadAt)]);
      }
      await send(commands);
      return 'stored';
    },
    async purge(tags, { soft }) {
      const mark = createId();
      const prefix = soft ? keys.softPrefix : keys.hardPrefix;
      const tokens = tags.flatMap(tag => [prefix + tag, createId()]);
      await send([['MSET', ...tokens, keys.mark, mark]]);
      last = { mark, at: clock() };
    },
    isCurrent({ stamp }) {
      if (!stamp) return false;
      const oldest = clock() - options.tagsTtlMs;
      return stamp.checkedAt > oldest || (last.at > oldest && last.mark === stamp.mark);
    },
    async check(entry) {
      return restamp(entry, learn(await reader.readTokens(entry.tags)));
    },
  };
}
