import { createUpstashRedis } from '../../shared/redis/upstash.ts';
import { redisContract } from './redis.ts';
import { redisRestContract } from './redis-rest.ts';
import { startRedisTier } from './redis-tier.ts';

redisContract('Redis over REST', (endpoint, options) =>
  createUpstashRedis({ ...endpoint, ...options, fetch }),
);
redisRestContract("Upstash's REST protocol", startRedisTier);
