/**
 * The ports of the job engine in a function: rows in Redis over undici, queues through the SDK, large payloads in S3, and
 * effects that happen once in Postgres, where there is one.
 */

import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { Pool } from 'pg';
import { createSqsJobQueue } from '../../../shared/jobs/sqs/queue.ts';
import { createRedisJobStore } from '../../../shared/jobs/store/redis-job-store.ts';
import { createSqsCall } from '../sqs-call.ts';
import { createUndiciRedis } from '../undici-redis.ts';
import type { JobsAccess } from './jobs-access.ts';
import { createPostgresOnce } from './postgres-once.ts';
import { createS3Payloads } from './s3-payloads.ts';

/** Nobody's page waits for it. */
const REDIS_DEADLINE_MS = 5_000;
/** A batch has ten jobs at once. */
const CONNECTIONS = 10;
const CONNECT_MS = 5_000;

export function openJobs({ redis, queueUrl, bucket, databaseUrl, endpoint }: JobsAccess) {
  // An emulator's buckets are paths: names below its own would need a name server.
  const s3 = new S3Client({ forcePathStyle: endpoint !== undefined });
  return {
    store: createRedisJobStore(createUndiciRedis({ ...redis, deadlineMs: REDIS_DEADLINE_MS })),
    queue: createSqsJobQueue(createSqsCall(new SQSClient()), { queueUrl }),
    payloads: createS3Payloads({ s3, bucket }),
    ...(databaseUrl && { onceStore: createPostgresOnce(openPool(databaseUrl)) }),
  };
}

function openPool(connectionString: string): Pool {
  const pool = new Pool({ connectionString, max: CONNECTIONS, connectionTimeoutMillis: CONNECT_MS });
  // A connection that dies while nobody uses it is no news: the next one is made when it is needed.
  return pool.on('error', () => {});
}
