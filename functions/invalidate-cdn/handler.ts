/**
 * The function that does the jobs of the type `invalidation`: a folder of its own, because it alone carries CloudFront's client and
 * knows what CDNs are reached with.
 *
 * Shape   SQS event -> failed messages
 * Errors  without the jobs' settings, or a CDN's secret, it does not start; a job that fails is a message that failed
 */

import { setTimeout as sleepFor } from 'node:timers/promises';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { createRedisPacer } from '../../shared/cdn/pace/redis-pacer.ts';
import { createRedisProgress } from '../../shared/cdn/redis-progress.ts';
import { createRedisTagIndex } from '../../shared/cdn/tag-index/redis-tag-index.ts';
import { HAND_BACK_MS } from '../../shared/jobs/watch.ts';
import { createWorker } from '../../shared/jobs/worker/worker.ts';
import { systemClock as clock } from '../../shared/primitives/clock.ts';
import { randomId as createId } from '../../shared/primitives/ids.ts';
import { openCdns } from '../adapters/cdn/open-cdns.ts';
import { readJobsAccess } from '../adapters/jobs/jobs-access.ts';
import { openJobs } from '../adapters/jobs/open-jobs.ts';
import { readEvent } from '../adapters/jobs/received.ts';
import { createUndiciRedis } from '../adapters/undici-redis.ts';
import { createInvalidationTask } from './invalidation-task.ts';
import { readCdnEnvironment } from './read-environment.ts';

const access = readJobsAccess(process.env);
const { cdns, secrets } = readCdnEnvironment(process.env);
const redis = createUndiciRedis({ ...access.redis, deadlineMs: 5_000 });
const index = createRedisTagIndex({ redis, clock });
const worker = createWorker({
  ...openJobs(access),
  tasks: {
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
  clock,
  random: Math.random,
  createId,
  log: entry => console.info(entry),
});

export async function handler(
  event: SQSEvent,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
): Promise<SQSBatchResponse> {
  const stopAt = clock() + context.getRemainingTimeInMillis() - HAND_BACK_MS;
  const failed = await worker.run({ ...readEvent(event, access.queueUrl), stopAt });
  return { batchItemFailures: failed.map(itemIdentifier => ({ itemIdentifier })) };
}
