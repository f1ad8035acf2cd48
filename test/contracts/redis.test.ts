import { Redis } from '@upstash/redis';
import { createUndiciRedis, createUndiciSend } from '../../functions/adapters/undici-redis.ts';
import { createUpstashRedis } from '../../shared/redis/upstash.ts';
import { createUpstashRequester } from '../../shared/redis/upstash-requester.ts';
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
redisRestContract(
  'The official client over our Requester, by fetch',
  startRedisTier,
  ({ url, token }) => new Redis(createUpstashRequester({ url, token, deadlineMs: 5_000, fetch })),
);
redisRestContract(
  'The official client over our Requester, by undici',
  startRedisTier,
  ({ url, token }) =>
    new Redis(createUpstashRequester({ url, token, deadlineMs: 5_000, send: createUndiciSend() })),
);
