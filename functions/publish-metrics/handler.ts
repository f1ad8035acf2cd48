/**
 * The function publish-metrics: once a minute it brings what the edge counted to CloudWatch, each count once.
 *
 * Shape   EventBridge's scheduled event -> what was done
 * Errors  without the edge's Redis and METRICS_NAMESPACE it does not start; a run that fails is followed by the next, a minute
 *         later, which loses nothing and repeats nothing
 */

import { createJsonCall } from '../../shared/aws/json-call.ts';
import { createSignedFetch } from '../../shared/aws/signed-fetch.ts';
import {
  CLOUDWATCH_TARGET,
  createCloudWatchSink,
} from '../../shared/monitoring/publishing/cloudwatch-sink.ts';
import { createPublisher, type Publishing } from '../../shared/monitoring/publishing/publish.ts';
import { createRedisPublishingStore } from '../../shared/monitoring/publishing/redis-publishing-store.ts';
import { createRedisMetricsStore } from '../../shared/monitoring/redis-metrics-store.ts';
import { systemClock as clock } from '../../shared/primitives/clock.ts';
import { readCloudWatchAccess, readMetricsAccess } from '../adapters/metrics-access.ts';
import { createUndiciRedis } from '../adapters/undici-redis.ts';

/** Nobody's page waits for it. */
const REDIS_DEADLINE_MS = 5_000;
const CLOUDWATCH_DEADLINE_MS = 8_000;

const { redis: address, keyPrefix } = readMetricsAccess(process.env);
const { namespace, byRoute, endpoint, region, credentials } = readCloudWatchAccess(process.env);
const redis = createUndiciRedis({ ...address, deadlineMs: REDIS_DEADLINE_MS });
const signed = createSignedFetch({ credentials, region, service: 'monitoring', clock, fetch });
const call = (attempts: number) =>
  createJsonCall(
    { fetch: signed, random: Math.random },
    { endpoint, target: CLOUDWATCH_TARGET, deadlineMs: CLOUDWATCH_DEADLINE_MS, attempts },
  );
const publish = createPublisher(
  {
    metrics: createRedisMetricsStore({ redis, clock }, keyPrefix),
    store: createRedisPublishingStore(redis, keyPrefix),
    sink: createCloudWatchSink({ put: call(1), ask: call(3) }, namespace),
    clock,
  },
  { byRoute },
);

export async function handler(): Promise<Publishing> {
  const done = await publish();
  console.info(done);
  return done;
}
