/** Flow: a job -> its row and message -> the function in AWS's runtime client -> GETs at the edge -> the row tells. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createS3Payloads } from '../../functions/adapters/jobs/s3-payloads.ts';
import { createSqsCall } from '../../functions/adapters/sqs-call.ts';
import { createUndiciRedis } from '../../functions/adapters/undici-redis.ts';
import { type LocalAws, localCredentials, startAws } from '../../infra/local/aws/start.ts';
import { type FunctionsPart, startFunctions } from '../../infra/local/functions/start.ts';
import { type LoopbackServer, serveLoopback } from '../../infra/local/loopback.ts';
import { topology as real } from '../../infra/topology.ts';
import { createJobs } from '../../shared/jobs/door/create-jobs.ts';
import { createSqsJobQueue } from '../../shared/jobs/sqs/queue.ts';
import { createRedisJobStore } from '../../shared/jobs/store/redis-job-store.ts';
import { randomId } from '../../shared/primitives/ids.ts';
import { type RedisTier, startRedisTier } from '../contracts/redis-tier.ts';
import { until } from '../eventually.ts';

const { warming } = real.queues;
const pictures = Object.entries(real.queues).filter(([name]) => name.startsWith('file-processing'));
const topology = {
  buckets: real.buckets,
  queues: { warming: warming ?? { visibilitySeconds: 1, maxReceives: 9 }, ...Object.fromEntries(pictures) },
  functions: {
    'process-warming': real.functions['process-warming'],
    'process-file-processing': real.functions['process-file-processing'],
    'tend-jobs': { ...real.functions['tend-jobs'], schedule: { everySeconds: 3_600 } },
  },
};

/** One pixel. */
const GIF = Buffer.from('R0lGODlhAQABAAAAACwAAAAAAQABAAACAkQBADs=', 'base64');

let stateDir: string;
let aws: LocalAws;
let edge: LoopbackServer;
let redis: RedisTier;
let functions: FunctionsPart;
let jobs: ReturnType<typeof createJobs>;
let store: ReturnType<typeof createRedisJobStore>;
const asked: string[] = [];

beforeAll(async () => {
  stateDir = await mkdtemp(join(tmpdir(), 'headrace-jobs-'));
  edge = await serveLoopback(async ({ url, method }) => {
    asked.push(`${method} ${url}`);
    if (url === '/broken') return { status: 503 };
    if (url.startsWith('/images/'))
      return { status: 200, headers: { 'content-type': 'image/gif' }, body: GIF };
    return { status: 200, headers: { 'cache-status': 'Headrace; fwd=uri-miss; stored' }, body: 'page' };
  });
  redis = await startRedisTier();
  aws = await startAws({ topology, credentials: localCredentials({}) });
  const queueUrl = `${aws.endpoint}/000000000000/`;
  const environment = {
    EDGE_URL: edge.origin,
    DATA_BUCKET: 'data',
    JOBS_QUEUE_URL: queueUrl,
    JOBS_REDIS_REST_URL: redis.url,
    JOBS_REDIS_REST_TOKEN: redis.token,
    SCHEDULER_ROLE_ARN: 'arn:aws:iam::000000000000:role/scheduler',
    SCHEDULER_GROUP: 'default',
  };
  functions = await startFunctions({ topology, aws, environment, stateDir, log: () => {} });
  store = createRedisJobStore(createUndiciRedis({ url: redis.url, token: redis.token, deadlineMs: 5_000 }));
  jobs = createJobs({
    store,
    queue: createSqsJobQueue(createSqsCall(new SQSClient(aws)), { queueUrl }),
    payloads: createS3Payloads({ s3: new S3Client({ ...aws, forcePathStyle: true }), bucket: 'data' }),
    clock: Date.now,
    createId: randomId,
  });
});

afterAll(async () => {
  await functions.stop();
  await Promise.all([aws.stop(), edge.close(), redis.stop()]);
  await rm(stateDir, { recursive: true });
});

async function enqueue(...paths: readonly string[]): Promise<string> {
  const outcome = await jobs.enqueue('warming', { paths });
  if (outcome.kind !== 'accepted') throw new Error(JSON.stringify(outcome));
  return outcome.job.id;
}

const isIn = (id: string, state: string) => until(async () => (await jobs.get(id))?.state === state);

const timesAsked = (path: string) => asked.filter(line => line === `GET ${path}`).length;

describe('a job', () => {
  it('is done by its function, and its row tells what came of it', async () => {
    const id = await enqueue('/shop', '/shop?page=2');
    await isIn(id, 'succeeded');
    expect(await jobs.get(id)).toMatchObject({ attempts: 1, result: { requested: 2, stored: 2, failed: 0 } });
    expect([timesAsked('/shop'), timesAsked('/shop?page=2')]).toEqual([1, 1]);
    await until(async () => (await depths()).inFlight === 0);
  });

  it('with a large payload finds it where it was checked in', async () => {
    const paths = Array.from({ length: 100 }, (_, at) => `/large?${at}-${'x'.repeat(1_000)}`);
    const id = await enqueue(...paths);
    await isIn(id, 'succeeded');
    expect(await jobs.get(id)).toMatchObject({ result: { requested: 100 } });
  });

  it('that fails waits for its next attempt', async () => {
    const id = await enqueue('/broken');
    await isIn(id, 'failed');
    expect(await jobs.get(id)).toMatchObject({
      attempts: 1,
      error: {
        code: 'WARMING_INCOMPLETE',
        message: '1 of 1 paths could not be fetched: /broken: answered 503',
      },
    });
    expect(await jobs.cancel(id)).toMatchObject({ kind: 'cancelled' });
  });
});

describe('an image-variants job', () => {
  it('has every variant made at the edge, and results in a manifest', async () => {
    const outcome = await jobs.enqueue('file-processing', {
      key: 'photos/a.jpg',
      operation: 'image-variants',
      options: { widths: [320, 640], formats: ['webp'] },
    });
    if (outcome.kind !== 'accepted') throw new Error(JSON.stringify(outcome));
    await isIn(outcome.job.id, 'succeeded');
    const urls = [320, 640].map(width => `/images/width=${width},format=webp/photos/a.jpg`);
    expect(await jobs.get(outcome.job.id)).toMatchObject({
      result: {
        source: 'photos/a.jpg',
        variants: urls.map(url => ({ url, width: 1, height: 1, contentType: 'image/gif' })),
        failed: [],
      },
    });
    expect(urls.map(timesAsked)).toEqual([1, 1]);
  });
});

describe('tend-jobs', () => {
  it('sends what has a row and no message', async () => {
    const id = `warming-${'c'.repeat(24)}`;
    await store.createMany([
      {
        ...{ id, type: 'warming', lane: 'normal', tenant: 'default', priority: 5, createdAt: Date.now() },
        ...{
          payload: { kind: 'inline', json: '{"paths":["/lost"]}' },
          fingerprint: 'x',
          watchAt: Date.now() - 1,
        },
      },
    ]);
    const { ok, payload } = await functions.invoke('tend-jobs', '{"detail-type":"Scheduled Event"}');
    expect([ok, JSON.parse(payload)]).toEqual([true, { sent: 1, buried: 0, pruned: 0 }]);
    await isIn(id, 'succeeded');
  });

  it('enqueues a cron entry’s job once for each time it was due', async () => {
    const event = { cron: 'hot', at: '2026-11-20T03:00:00Z', type: 'warming', payload: { paths: ['/cron'] } };
    const first = await functions.invoke('tend-jobs', JSON.stringify(event));
    const second = await functions.invoke('tend-jobs', JSON.stringify(event));
    expect(second.payload).toBe(first.payload);
    await isIn(JSON.parse(first.payload).job, 'succeeded');
    expect(timesAsked('/cron')).toBe(1);
  });
});

async function depths() {
  const report = await createSqsJobQueue(createSqsCall(new SQSClient(aws)), {
    queueUrl: `${aws.endpoint}/000000000000/`,
  }).depths({ type: 'warming', lane: 'normal' });
  return report;
}
