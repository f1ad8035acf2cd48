/**
 * The index in Redis: a bounded sorted set of addresses for each tag. It belongs into a database that drops nothing: an address
 * that is lost is a page that is not invalidated.
 *
 * What could not be written is not forgotten: from the next write on, every tag counts as incomplete for as long as the page lives.
 *
 * Errors  RedisUnavailable; RedisError where Redis refuses
 * Cost    add one round trip, find one for a hundred tags
 */

import type { Clock } from '../../primitives/clock.ts';
import type { Redis, RedisCommand } from '../../redis/redis.ts';
import { askRedis, expected, textsOf } from '../../redis/replies.ts';
import { createScript } from '../../redis/script.ts';
import { ADD_URL } from './add-url.lua.ts';
import type { IndexedPage, TagIndex } from './tag-index.ts';

export interface RedisTagIndexDeps {
  readonly redis: Redis;
  readonly clock: Clock;
  /** Addresses of one tag. @default 5_000 */
  readonly most?: number;
}

const TAGS_A_TRIP = 100;
const LOST = 'cdn:tags:lost';

export function createRedisTagIndex({ redis, clock, most = 5_000 }: RedisTagIndexDeps) {
  const script = createScript(ADD_URL);
  const keyOf = (tag: string) => `cdn:tag:${tag}`;
  let lostUntil = 0;

  async function write({ url, tags, endsAt }: IndexedPage): Promise<void> {
    const left = lostUntil - clock();
    if (left > 0) await askRedis(redis, [['SET', LOST, lostUntil, 'PX', Math.ceil(left)]]);
    lostUntil = 0;
    expected(await script.run(redis, tags.map(keyOf), [clock(), endsAt, url, most]));
  }

  async function findSome(
    tags: readonly string[],
  ): Promise<readonly (readonly [string, readonly string[] | 'incomplete'])[]> {
    const ask = (tag: string): RedisCommand => ['ZRANGE', keyOf(tag), clock(), '+inf', 'BYSCORE'];
    const [isLost, ...replies] = await askRedis(redis, [['EXISTS', LOST], ...tags.map(ask)]);
    return tags.map((tag, at) => {
      const urls = textsOf(replies[at] ?? null);
      return [tag, isLost === 1 || urls.includes('') ? 'incomplete' : urls];
    });
  }

  return {
    async add(page) {
      if (page.tags.length === 0 || page.endsAt <= clock()) return;
      try {
        await write(page);
      } catch (error) {
        lostUntil = Math.max(lostUntil, page.endsAt);
        throw error;
      }
    },
    async find(tags) {
      const found = new Map<string, readonly string[] | 'incomplete'>();
      for (let at = 0; at < tags.length; at += TAGS_A_TRIP)
        for (const [tag, urls] of await findSome(tags.slice(at, at + TAGS_A_TRIP))) found.set(tag, urls);
      return found;
    },
  } satisfies TagIndex;
}
