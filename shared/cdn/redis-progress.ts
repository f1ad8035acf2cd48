/**
 * The progress of invalidations in Redis, beside the rows of their jobs: a hash for each job, a field for each CDN; and the
 * addresses it began with, where an index was asked and the job has to come back.
 *
 * Errors  RedisUnavailable; RedisError where Redis refuses
 * Cost    one round trip a call, of one command, two to save
 */

import type { Redis } from '../redis/redis.ts';
import { askRedis, textOf, textsOf } from '../redis/replies.ts';
import type { CdnProgress, ProgressStore } from './progress.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;
/** As long as the row of a job that has ended. */
const KEPT_MS = 30 * DAY_MS;
/** Longer than a job comes back by itself. */
const KNOWN_KEPT_MS = 3 * DAY_MS;

export function createRedisProgress(redis: Redis) {
  const key = (job: string) => `cdn:progress:${job}`;
  const keyOfKnown = (job: string) => `cdn:progress:${job}:known`;
  return {
    async load(job) {
      const [reply = null] = await askRedis(redis, [['HGETALL', key(job)]]);
      const flat = textsOf(reply);
      const pairs = flat.flatMap((name, at) =>
        at % 2 === 0 ? [[name, JSON.parse(flat[at + 1] ?? '') as CdnProgress] as const] : [],
      );
      return new Map(pairs);
    },
    async save(job, cdn, progress) {
      await askRedis(redis, [
        ['HSET', key(job), cdn, JSON.stringify(progress)],
        ['PEXPIRE', key(job), KEPT_MS],
      ]);
    },
    async loadKnown(job) {
      const [reply = null] = await askRedis(redis, [['GET', keyOfKnown(job)]]);
      return reply === null ? undefined : new Map(JSON.parse(textOf(reply)) as Iterable<[string, Known]>);
    },
    async saveKnown(job, known) {
      await redis.pipeline([['SET', keyOfKnown(job), JSON.stringify([...known]), 'PX', KNOWN_KEPT_MS]]);
    },
  } satisfies ProgressStore;
}

type Known = readonly string[] | 'incomplete';
