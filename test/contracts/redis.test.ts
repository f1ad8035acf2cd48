import { createUndiciRedis } from '../../functions/adapters/undici-redis.ts';
import { createUpstashRedis } from '../../shared/redis/upstash.ts';
import { redisContract } from './redis.ts';
import { redisRestContract } from './redis-rest.ts';
import { startRedisTier } from './redis-tier.ts';

redisContract('Redis over REST, by fetch', (endpoint, options) =>
  createUpstashRedis({ ...endpoint, ...options, fetch }),
);
redisContract('Redis over REST, by undici', (endpoint, options) =>
  createUndiciRedis({ ...endpoint, ...options }),
);
redisRestContract("Upstash's REST protocol", startRedisTier);
