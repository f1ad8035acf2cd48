/**
 * Remembers in Redis what has arrived in CloudWatch, and what is on its way.
 *
 * Shape   prefix:1:publishing:pending  the batch; prefix:1:publishing:published  hash: sequence, batch
 * Errors  RedisUnavailable; RedisError where Redis refuses a command
 * Cost    one trip each: read 2 commands, begin 4, commit 4, drop 3
 */

import type { Redis, RedisReply } from '../../redis/redis.ts';
import { askRedis, expected, textOf } from '../../redis/replies.ts';
import { createScript, type Script } from '../../redis/script.ts';
import { formatSample, parseSamples } from '../sample.ts';
import { BEGIN_BATCH } from './begin-batch.lua.ts';
import type { Pending, PublishingStore } from './ports.ts';
import { SETTLE_BATCH } from './settle-batch.lua.ts';

export function createRedisPublishingStore(redis: Redis, keyPrefix: string): PublishingStore {
  const keys = [`${keyPrefix}:1:publishing:pending`, `${keyPrefix}:1:publishing:published`] as const;
  const [beginning, settling] = [createScript(BEGIN_BATCH), createScript(SETTLE_BATCH)];

  async function run(script: Script, args: readonly (string | number)[]): Promise<RedisReply> {
    return expected(await script.run(redis, keys, args));
  }

  return {
    async read() {
      const replies = await askRedis(redis, [
        ['GET', keys[0]],
        ['HGET', keys[1], 'batch'],
      ]);
      const [pending, published] = replies.map(parseBatch);
      return { pending, published };
    },
    begin: async pending => (await run(beginning, [formatBatch(pending), pending.sequence - 1])) === 1,
    commit: async pending => void (await run(settling, [formatBatch(pending), 1, pending.sequence])),
    drop: async pending => void (await run(settling, [formatBatch(pending), 0, pending.sequence])),
  };
}

/** The same batch is the same text. */
function formatBatch({ samples, ...rest }: Pending): string {
  const { sequence, routes, begunAt, at } = rest;
  const texts = [...samples].map(([series, sample]) => [series, formatSample(sample)]).sort();
  return JSON.stringify({ sequence, routes, begunAt, at, samples: Object.fromEntries(texts) });
}

function parseBatch(reply: RedisReply): Pending | undefined {
  if (reply === null) return undefined;
  const { samples, ...rest } = JSON.parse(textOf(reply)) as Omit<Pending, 'samples'> & {
    samples: Record<string, string>;
  };
  return { ...rest, samples: parseSamples(Object.entries(samples)) };
}
