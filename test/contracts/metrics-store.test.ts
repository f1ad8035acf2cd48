import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll } from 'vitest';
import { createMemoryMetricsStore } from '../../shared/monitoring/memory-metrics-store.ts';
import { createRedisMetricsStore } from '../../shared/monitoring/redis-metrics-store.ts';
import { createUpstashRedis } from '../../shared/redis/upstash.ts';
import { metricsStoreContract } from './metrics-store.ts';
import { type RedisTier, startRedisTier } from './redis-tier.ts';

let tier: RedisTier;
beforeAll(async () => {
  tier = await startRedisTier();
});
afterAll(() => tier.stop());

metricsStoreContract('memory', async () => createMemoryMetricsStore());
metricsStoreContract('Redis', async clock => {
  const redis = createUpstashRedis({ url: tier.url, token: tier.token, deadlineMs: 5_000, fetch });
  return createRedisMetricsStore({ redis, clock }, `metrics-${randomUUID()}`);
});
