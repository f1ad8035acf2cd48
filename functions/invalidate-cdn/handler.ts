/**
 * The function that does the jobs of the type `invalidation`: a folder of its own, because it alone carries CloudFront's client and
 * knows what CDNs are reached with.
 *
 * Shape   SQS event -> failed messages
 * Errors  without the jobs' settings, or a CDN's secret, it does not start; a job that fails is a message that failed
 */

import { setTimeout as sleepFor } from 'node:timers/promises';
import { createRedisPacer } from '../../shared/cdn/pace/redis-pacer.ts';
import { createRedisProgress } from '../../shared/cdn/redis-progress.ts';
import { createRedisTagIndex } from '../../shared/cdn/tag-index/redis-tag-index.ts';
import { systemClock as clock } from '../../shared/primitives/clock.ts';
import { readCdnEnvironment } from '../adapters/cdn/cdn-environment.ts';
import { openCdns } from '../adapters/cdn/open-cdns.ts';
import { readJobsAccess } from '../adapters/jobs/jobs-access.ts';
import { createJobsHandler } from '../adapters/jobs/jobs-handler.ts';
import { createUndiciRedis } from '../adapters/undici-redis.ts';
import { createInvalidationTask } from './invalidation-task.ts';

const access = readJobsAccess(process.env);
const { cdns, secrets } = readCdnEnvironment(process.env);
const redis = createUndiciRedis({ ...access.redis, deadlineMs: 5_000 });
const index = createRedisTagIndex({ redis, clock });

export const handler = createJobsHandler(
  {
    invalidation: createInvalidationTask({
      cdns: openCdns(cdns, { fetch, clock, secrets }),
      pacer: createRedisPacer({ redis, clock }),
      store: createRedisProgress(redis),
      findUrls: index.find,
      clock,
      random: Math.random,
      // A cancelled job does not wait: its signal ends the sleep, and whoever slept looks at it.
      sleep: (ms, signal) => sleepFor(ms, undefined, { signal }).catch(() => {}),
    }),
  },
  access,
);
