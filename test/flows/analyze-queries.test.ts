/** Flow: the night's job -> analyze-queries in AWS's runtime client reads the demo's Postgres -> report and migration in S3. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { PoolClient } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createS3Payloads } from '../../functions/adapters/jobs/s3-payloads.ts';
import { createSqsCall } from '../../functions/adapters/sqs-call.ts';
import { createUndiciRedis } from '../../functions/adapters/undici-redis.ts';
import { type LocalAws, localCredentials, startAws } from '../../infra/local/aws/start.ts';
import { seed } from '../../infra/local/demo/data/seed.ts';
import { openPool } from '../../infra/local/demo/database.ts';
import { type FunctionsPart, startFunctions } from '../../infra/local/functions/start.ts';
import { forgetPostgres, type Postgres, startPostgres } from '../../infra/local/postgres/postgres.ts';
import { topology as real } from '../../infra/topology.ts';
import { createJobs } from '../../shared/jobs/door/create-jobs.ts';
import { createSqsJobQueue } from '../../shared/jobs/sqs/queue.ts';
import { createRedisJobStore } from '../../shared/jobs/store/redis-job-store.ts';
import { randomId } from '../../shared/primitives/ids.ts';
import { visitShop } from '../bench/advice/shop/workload.ts';
import { type RedisTier, startRedisTier } from '../contracts/redis-tier.ts';
import { until } from '../eventually.ts';
import { runMigration } from './advice/run-migration.ts';

const topology = {
  buckets: real.buckets,
  queues: { analysis: real.queues.analysis ?? { visibilitySeconds: 1, maxReceives: 9 } },
  functions: { 'process-analysis': real.functions['process-analysis'] },
};

let stateDir: string;
let postgres: Postgres;
let pool: ReturnType<typeof openPool>;
let visiting: PoolClient;
let aws: LocalAws;
let redis: RedisTier;
let functions: FunctionsPart;
let jobs: ReturnType<typeof createJobs>;
let s3: S3Client;
const logged: string[] = [];

beforeAll(async () => {
  stateDir = await mkdtemp(join(tmpdir(), 'headrace-analysis-'));
  [postgres, redis, aws] = await Promise.all([
    startPostgres({ stateDir: join(stateDir, 'postgres') }),
    startRedisTier(),
    startAws({ topology, credentials: localCredentials({}) }),
  ]);
  const queueUrl = `${aws.endpoint}/000000000000/`;
  const environment = {
    DATA_BUCKET: 'data',
    DATABASE_URL: postgres.url,
    JOBS_QUEUE_URL: queueUrl,
    JOBS_REDIS_REST_URL: redis.url,
    JOBS_REDIS_REST_TOKEN: redis.token,
  };
  functions = await startFunctions({
    topology,
    aws,
    environment,
    stateDir,
    log: line => logged.push(line),
  });
  s3 = new S3Client({ ...aws, forcePathStyle: true });
  jobs = createJobs({
    store: createRedisJobStore(createUndiciRedis({ url: redis.url, token: redis.token, deadlineMs: 5_000 })),
    queue: createSqsJobQueue(createSqsCall(new SQSClient(aws)), { queueUrl }),
    payloads: createS3Payloads({ s3, bucket: 'data' }),
    clock: Date.now,
    createId: randomId,
  });
  pool = openPool(postgres.url);
  await seed(pool, 2_000);
  await visitShop(pool, 1);
  // The shop's own connection, while it is looked at.
  visiting = await pool.connect();
});

afterAll(async () => {
  await functions.stop();
  visiting.release();
  await pool.end();
  s3.destroy();
  await Promise.all([aws.stop(), redis.stop(), postgres.stop()]);
  await forgetPostgres(join(stateDir, 'postgres'));
  await rm(stateDir, { recursive: true });
});

interface Ended {
  readonly state: string;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly message: string };
}

async function analysed(payload: { readonly database?: string } = {}): Promise<Ended> {
  const outcome = await jobs.enqueue('analysis', payload);
  if (outcome.kind !== 'accepted') throw new Error(JSON.stringify(outcome));
  const { id } = outcome.job;
  await until(async () => ['succeeded', 'failed', 'dead'].includes((await jobs.get(id))?.state ?? ''));
  return (await jobs.get(id)) as Ended;
}

const read = async (key: string): Promise<string> =>
  (await (await s3.send(new GetObjectCommand({ Bucket: 'data', Key: key }))).Body?.transformToString()) ?? '';

it('is kept in the bucket, with a migration, and told as metrics; once that was run there is no more to propose', async () => {
  const first = await analysed();
  expect(first.error).toBeUndefined();
  expect(first).toMatchObject({
    state: 'succeeded',
    result: { database: 'headrace', isPartial: false },
  });
  const { folder, proposals, statements } = first.result ?? {};
  expect(Number(proposals)).toBeGreaterThanOrEqual(2);

  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: 'data', Prefix: 'analysis/' }));
  const files = ['migration.down.sql', 'migration.up.sql', 'report.json', 'report.md', 'snapshot.json'];
  const places = [String(folder), 'analysis/headrace/latest'];
  expect(Contents.map(({ Key }) => Key).toSorted()).toEqual(
    places.flatMap(place => files.map(name => `${place}/${name}`)),
  );
  expect(await read('analysis/headrace/latest/migration.up.sql')).toMatch(
    /CREATE INDEX CONCURRENTLY .*"shop"\."products"/,
  );
  const report = JSON.parse(await read(`${folder}/report.json`));
  expect(report).toMatchObject({ planner: 'twin', database: { name: 'headrace' } });
  expect(report.summary.relativeCost).toBeLessThan(80);

  const metrics = logged.flatMap(line => /\{"_aws".*$/.exec(line)?.[0] ?? []).map(line => JSON.parse(line));
  expect(metrics).toHaveLength(1);
  expect(metrics[0]).toMatchObject({
    function: 'analyze-queries',
    IndexProposals: proposals,
    StatementsSeen: statements,
  });
  expect(metrics[0].StatementAverage).toBeGreaterThan(0);
  expect(metrics[0].ConnectionsUsed).toBeGreaterThan(0);

  // The same visits, with what was proposed: nothing is left to propose.
  const up = await read('analysis/headrace/latest/migration.up.sql');
  expect(await runMigration(visiting, up)).toBe(proposals);
  await visiting.query('ANALYZE');
  await visitShop(pool, 1);
  const second = await analysed();
  expect(second).toMatchObject({ state: 'succeeded', result: { proposals: 0, savedPercent: 0 } });
  expect(Number(second.result?.statements)).toBeGreaterThan(10);
});

it('of a database that is not there is tried again, and says why', async () => {
  const { state, error } = await analysed({ database: 'of "nobody"' });
  expect(state).toBe('failed');
  expect(error?.message).toContain('database "of "nobody"" does not exist');
});
