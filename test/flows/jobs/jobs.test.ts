/** Flow: a job over HTTP -> the edge in workerd -> SQS -> a function in AWS's runtime client -> its row -> events at the client. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jobQueues } from '../../../infra/job-topology.ts';
import { type LocalAws, localCredentials, startAws } from '../../../infra/local/aws/start.ts';
import { type FunctionsPart, startFunctions } from '../../../infra/local/functions/start.ts';
import { projectDir } from '../../../infra/local/paths.ts';
import type { FunctionSpec } from '../../../infra/topology.ts';
import { type Client, createClient, type JobEvent } from '../../../shared/client/client.ts';
import { type RedisTier, startRedisTier } from '../../contracts/redis-tier.ts';
import { eventually } from '../../eventually.ts';
import { type FaultProxy, startFaultProxy } from '../../fakes/fault-proxy.ts';
import { ADMIN_TOKEN, type Flow, startFlow } from '../flow.ts';

const credentials = localCredentials({});
const reports = {
  entry: 'test/flows/jobs/report-handler.ts' as FunctionSpec['entry'],
  memoryMb: 256,
  timeoutSeconds: 60,
  queues: ['reports', 'reports-high'].map(name => ({ name, batchSize: 1, maxConcurrency: 2 })),
};
const topology = { buckets: { data: {} }, queues: jobQueues, functions: { reports } };

let stateDir: string;
let aws: LocalAws;
let redis: RedisTier;
let farAws: FaultProxy;
let farRedis: FaultProxy;
let functions: FunctionsPart;
let flow: Flow;
let jobs: Client['jobs'];

beforeAll(async () => {
  stateDir = await mkdtemp(join(tmpdir(), 'headrace-flow-jobs-'));
  [aws, redis] = await Promise.all([startAws({ topology, credentials }), startRedisTier()]);
  [farAws, farRedis] = await Promise.all([startFaultProxy(aws.endpoint), startFaultProxy(redis.url)]);
  const queueUrl = (endpoint: string) => `${endpoint}/000000000000/`;
  flow = await startFlow({
    variables: {
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      JOBS_QUEUE_URL: queueUrl(farAws.url),
      JOBS_PAYLOAD_URL: `${aws.endpoint}/data/`,
      JOBS_REDIS_REST_URL: farRedis.url,
      JOBS_REDIS_REST_TOKEN: redis.token,
    },
  });
  const environment = {
    SOURCE_URL: flow.origin.url,
    DATA_BUCKET: 'data',
    JOBS_QUEUE_URL: queueUrl(aws.endpoint),
    JOBS_REDIS_REST_URL: redis.url,
    JOBS_REDIS_REST_TOKEN: redis.token,
  };
  functions = await startFunctions({ topology, aws, environment, stateDir, root: projectDir, log: () => {} });
  jobs = createClient({ url: flow.url, token: ADMIN_TOKEN }).jobs;
});

afterAll(async () => {
  await functions.stop();
  await Promise.all([flow.stop(), farAws.stop(), farRedis.stop()]);
  await Promise.all([aws.stop(), redis.stop()]);
  await rm(stateDir, { recursive: true });
});

const enqueue = (page: { readonly path: string }, options = {}) =>
  jobs.enqueue('reports', { report: page.path.slice(1), format: 'json' }, options);

/** What a watch tells until it ends, or until it is told enough. */
async function watch(id: string, isEnough: (event: JobEvent) => boolean = () => false): Promise<string[]> {
  const heard: string[] = [];
  for await (const event of jobs.watch(id)) {
    heard.push(event.kind === 'state' ? event.job.state : `${event.progress.percent} %`);
    if (isEnough(event)) break;
  }
  return heard;
}

const isRunning = (event: JobEvent) => event.kind === 'state' && event.job.state === 'running';
const deadLetters = async () => {
  const queue = (await jobs.queues()).find(({ type }) => type === 'reports');
  return queue?.lanes.map(lane => lane.deadLetters);
};

describe('a job that is enqueued at the edge', () => {
  it('is done by its function, and its watch tells how it went', async () => {
    const page = flow.origin.page({ body: '[1,2,3]' });
    const { id, state, lane } = await enqueue(page, { priority: 9, tenant: 'acme', idempotencyKey: 'once' });
    expect([state, lane]).toEqual(['queued', 'high']);
    expect((await watch(id)).at(-1)).toBe('succeeded');
    expect(await jobs.get(id)).toMatchObject({ attempts: 1, tenant: 'acme', result: { rows: [1, 2, 3] } });
    expect((await enqueue(page, { tenant: 'acme', idempotencyKey: 'once' })).id).toBe(id);
    expect(page.asked).toHaveLength(1);
  });

  it('may carry more than a row does', async () => {
    const page = flow.origin.page({ body: '[]' });
    const parameters = { text: 'ü'.repeat(50_000) };
    const { id } = await jobs.enqueue('reports', { report: page.path.slice(1), format: 'json', parameters });
    expect((await watch(id)).at(-1)).toBe('succeeded');
  });

  it('is stopped while it runs, and not tried again', async () => {
    const page = flow.origin.page(() => {});
    const { id } = await enqueue(page);
    await watch(id, isRunning);
    const told = await jobs.cancel(id);
    expect(told.cancelRequestedAt).toBeGreaterThan(0);
    expect((await watch(id)).at(-1)).toBe('cancelled');
    const { attempts, endedAt = 0 } = await jobs.get(id);
    expect(attempts).toBe(1);
    // The engine has three seconds, which its own tests hold it to; the rest is for a busy machine.
    expect(endedAt - (told.cancelRequestedAt ?? 0)).toBeLessThan(10_000);
  });

  it('is dead at once when nothing can help, comes back by a redrive, and by a retry', async () => {
    const page = flow.origin.page({ status: 410 });
    const { id } = await enqueue(page);
    expect((await watch(id)).at(-1)).toBe('dead');
    expect(await jobs.get(id)).toMatchObject({ attempts: 1, error: { code: 'REPORT_GONE' } });
    await eventually(async () => expect(await deadLetters()).toEqual([1, 0]));

    expect((await jobs.redrive('reports', 100)).lanes).toContainEqual({ lane: 'normal', start: 'started' });
    await eventually(() => expect(page.asked).toHaveLength(2));
    expect((await watch(id)).at(-1)).toBe('dead');

    page.becomes({ body: '[]' });
    expect((await jobs.retry(id)).state).toBe('queued');
    expect((await watch(id)).at(-1)).toBe('succeeded');
  });
});

describe('while what is behind the edge is down', () => {
  it('Redis: a job is refused, and nothing half accepted', async () => {
    const page = flow.origin.page({ body: '[]' });
    await farRedis.fail({ kind: 'refuse' });
    const refused = await enqueue(page, { idempotencyKey: 'while-away' }).catch(error => error);
    expect(refused).toMatchObject({ status: 503, code: 'JOB_STORE_UNAVAILABLE', retryAfterMs: 5_000 });
    await farRedis.heal();
    const { id } = await enqueue(page, { idempotencyKey: 'while-away' });
    expect((await watch(id)).at(-1)).toBe('succeeded');
    expect(page.asked).toHaveLength(1);
  });

  it('SQS: a job is accepted and kept, and the queues say that they cannot be asked', async () => {
    await farAws.fail({ kind: 'refuse' });
    const { id, state } = await enqueue(flow.origin.page({ body: '[]' }));
    expect(state).toBe('queued');
    await expect(jobs.queues()).rejects.toMatchObject({ status: 503, code: 'JOB_QUEUE_UNAVAILABLE' });
    await farAws.heal();
    expect((await jobs.get(id)).state).toBe('queued');
    expect((await jobs.queues()).find(({ type }) => type === 'reports')?.states.queued).toBe(1);
  });
});
