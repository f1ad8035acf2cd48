/**
 * Opens the job engine's door at the edge: rows in Redis over HTTP, queues in SQS and large payloads in S3 by signed
 * fetch.
 *
 * Units   milliseconds
 * Errors  a setting that is missing is a sentence, and the routes say it
 */

import { createJsonCall } from '../shared/aws/json-call.ts';
import { createSignedFetch } from '../shared/aws/signed-fetch.ts';
import type { AwsCredentials, Settings } from '../shared/config/settings.ts';
import { createJobs } from '../shared/jobs/door/create-jobs.ts';
import { createSqsJobQueue } from '../shared/jobs/sqs/queue.ts';
import { createRedisJobStore } from '../shared/jobs/store/redis-job-store.ts';
import type { Clock } from '../shared/primitives/clock.ts';
import type { CreateId } from '../shared/primitives/ids.ts';
import { createUpstashRedis } from '../shared/redis/upstash.ts';
import { createSignedPayloads } from './adapters/s3-payloads.ts';
import type { OpenedJobs } from './api/jobs/handlers.ts';

export interface ConnectJobsDeps {
  readonly clock: Clock;
  readonly random: () => number;
  readonly createId: CreateId;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly log: (entry: object) => void;
}

/** Nobody's page waits for a job: it may take longer than the cache does, and is then refused. */
const REDIS_DEADLINE_MS = 2_000;
const QUEUE_DEADLINE_MS = 3_000;
/** A Worker opens six connections at once, whatever it is asked to. */
const CONCURRENCY = 6;

export function connectJobs(settings: Settings, deps: ConnectJobsDeps): OpenedJobs {
  const { jobsRedis, jobsQueueUrl, awsCredentials, mode } = settings;
  if (mode === 'off') return { ok: false, sentence: 'HEADRACE_MODE=off turns everything but the proxy off.' };
  if (!jobsQueueUrl) return missing('JOBS_QUEUE_URL', 'what the URLs of the queues begin with');
  if (!awsCredentials) return missing('AWS_ACCESS_KEY_ID', 'who may send to the queues');
  if (!jobsRedis) return missing('JOBS_REDIS_REST_URL', 'the Redis that keeps the jobs');
  const { clock, createId, fetch, log } = deps;
  const redis = createUpstashRedis({ ...jobsRedis, deadlineMs: REDIS_DEADLINE_MS, fetch });
  const aws = openAws({ credentials: awsCredentials, jobsQueueUrl, settings }, deps);
  return { ok: true, jobs: createJobs({ store: createRedisJobStore(redis), ...aws, clock, createId, log }) };
}

interface AwsAccess {
  readonly credentials: AwsCredentials;
  readonly jobsQueueUrl: string;
  readonly settings: Pick<Settings, 'awsRegion' | 'jobsPayloadUrl'>;
}

function openAws({ credentials, jobsQueueUrl, settings }: AwsAccess, deps: ConnectJobsDeps) {
  const { clock, random, fetch } = deps;
  const { awsRegion: region, jobsPayloadUrl } = settings;
  const signed = (service: string) => createSignedFetch({ credentials, region, service, clock, fetch });
  const call = createJsonCall(
    { fetch: signed('sqs'), random },
    { endpoint: new URL(jobsQueueUrl).origin, target: 'AmazonSQS', deadlineMs: QUEUE_DEADLINE_MS },
  );
  const queue = createSqsJobQueue(call, { queueUrl: jobsQueueUrl, concurrency: CONCURRENCY });
  if (!jobsPayloadUrl) return { queue };
  return { queue, payloads: createSignedPayloads(signed('s3'), { url: jobsPayloadUrl }) };
}

function missing(setting: string, what: string): OpenedJobs {
  return { ok: false, sentence: `Set ${setting}, ${what}, to have jobs.` };
}
