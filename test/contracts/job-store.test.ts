import { afterAll } from 'vitest';
import { createUndiciRedis } from '../../functions/adapters/undici-redis.ts';
import { createRedisJobStore } from '../../shared/jobs/store/redis-job-store.ts';
import { describeJobStore } from './job-store.ts';
import { startRedisTier } from './redis-tier.ts';

const stopping: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const stop of stopping) await stop();
});

describeJobStore('in Redis', async () => {
  const tier = await startRedisTier();
  stopping.push(tier.stop);
  const redis = createUndiciRedis({ url: tier.url, token: tier.token, deadlineMs: 5_000 });
  return {
    store: createRedisJobStore(redis, { prefix: 'jobs' }),
    async lifeOf(id) {
      const [ms] = await redis.pipeline([['PTTL', `jobs:${id}`]]);
      return ms === -1 ? null : Number(ms);
    },
  };
});
