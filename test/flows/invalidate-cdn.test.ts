/** Flow: an invalidation over HTTP -> the edge in workerd -> SQS -> the function in AWS's runtime client -> CloudFront and Cloudflare. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { functionEnvironment } from '../../infra/function-environment.ts';
import { jobFunctions, jobQueues } from '../../infra/job-topology.ts';
import {
  LOCAL_DISTRIBUTION,
  type LocalAws,
  localCredentials,
  startAws,
} from '../../infra/local/aws/start.ts';
import { type FunctionsPart, startFunctions } from '../../infra/local/functions/start.ts';
import { type LoopbackServer, serveLoopback } from '../../infra/local/loopback.ts';
import { projectDir } from '../../infra/local/paths.ts';
import { type Client, createClient } from '../../shared/client/client.ts';
import { parseConfig } from '../../shared/config/config.ts';
import { type RedisTier, startRedisTier } from '../contracts/redis-tier.ts';
import { createCloudflareFake } from '../fakes/cdn/cloudflare.ts';
import { ADMIN_TOKEN, type Flow, startFlow } from './flow.ts';

const credentials = localCredentials({});
const NAME = 'process-invalidation';
const topology = {
  buckets: { data: {} },
  queues: jobQueues,
  functions: { [NAME]: jobFunctions[NAME] },
};
const fake = createCloudflareFake({
  zoneId: 'zone',
  token: 'right',
  hosts: ['www.shop.test'],
  clock: Date.now,
});

let stateDir: string;
let aws: LocalAws;
let redis: RedisTier;
let cloudflare: LoopbackServer;
let functions: FunctionsPart;
let flow: Flow;
let client: Client;

beforeAll(async () => {
  stateDir = await mkdtemp(join(tmpdir(), 'headrace-flow-cdn-'));
  [aws, redis, cloudflare] = await Promise.all([
    startAws({ topology, credentials }),
    startRedisTier(),
    serveLoopback(async request => fake.answer(request)),
  ]);
  const config = {
    cdns: {
      site: { vendor: 'cloudfront', distributionId: LOCAL_DISTRIBUTION, tags: true },
      shop: { vendor: 'cloudflare', zoneId: 'zone', apiUrl: `${cloudflare.origin}/client/v4` },
    },
  } as const;
  const queueUrl = `${aws.endpoint}/000000000000/`;
  flow = await startFlow({
    config,
    variables: {
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      UPSTASH_REDIS_REST_URL: redis.url,
      UPSTASH_REDIS_REST_TOKEN: redis.token,
      JOBS_QUEUE_URL: queueUrl,
    },
  });
  const parsed = parseConfig(config);
  if (!parsed.ok) throw new Error(parsed.sentence);
  const cdns = { settings: parsed.config.cdns, secrets: '{"shop":{"token":"right"}}' };
  const environment = {
    ...functionEnvironment(NAME, { edgeUrl: undefined, bucketNames: { data: 'data' }, cdns }).variables,
    JOBS_QUEUE_URL: queueUrl,
    JOBS_REDIS_REST_URL: redis.url,
    JOBS_REDIS_REST_TOKEN: redis.token,
  };
  functions = await startFunctions({ topology, aws, environment, stateDir, root: projectDir, log: () => {} });
  client = createClient({ url: flow.url, token: ADMIN_TOKEN });
});

afterAll(async () => {
  await functions.stop();
  await flow.stop();
  await Promise.all([aws.stop(), redis.stop(), cloudflare.close()]);
  await rm(stateDir, { recursive: true });
});

async function untilEnded(job: string | null) {
  for await (const _event of client.jobs.watch(job ?? '')) {
    // To its end.
  }
  return client.jobs.get(job ?? '');
}

it('takes a page out of the edge at once, out of the CDNs by a job, and its row tells what each did', async () => {
  const page = flow.origin.page({ headers: { 'cache-control': 'max-age=600', 'cache-tag': 'product-1' } });
  await flow.ask(page.path);
  expect((await flow.ask(page.path)).headers['cache-status']).toContain('hit');

  const answer = await client.cache.invalidate({ tags: ['product-1'] }, { idempotencyKey: 'change-7' });
  expect(answer).toMatchObject({
    purged: 1,
    tiers: { redis: 'purged', isolate: 'purged' },
    cdns: ['site', 'shop'],
  });
  expect((await flow.ask(page.path)).headers['cache-status']).toContain('stored');

  expect(await untilEnded(answer.job)).toMatchObject({
    state: 'succeeded',
    attempts: 1,
    result: {
      cdns: {
        site: { vendor: 'cloudfront', state: 'accepted', requests: 1, items: 1, errors: [] },
        shop: { vendor: 'cloudflare', state: 'completed', requests: 1, items: 1, errors: [] },
      },
    },
  });
  expect(aws.invalidations.list(LOCAL_DISTRIBUTION)).toMatchObject([
    { items: ['#product-1'], reference: expect.stringContaining(`${answer.job}:0`) },
  ]);
  expect(fake.taken()).toEqual(['tags product-1']);

  const again = await client.cache.invalidate({ tags: ['product-1'] }, { idempotencyKey: 'change-7' });
  expect(again.job).toBe(answer.job);
});

it('tells in the row what a CDN could not do, and what the others did all the same', async () => {
  const { job } = await client.cache.invalidate({ patterns: ['http://www.shop.test/img/a*'] });
  expect(await untilEnded(job)).toMatchObject({
    state: 'dead',
    error: { code: 'CDN_PATTERN_UNSUPPORTED' },
    result: {
      cdns: {
        site: { state: 'accepted', items: 1 },
        shop: { state: 'refused', items: 0, errors: [{ code: 'CDN_PATTERN_UNSUPPORTED' }] },
      },
    },
  });
  expect(aws.invalidations.list(LOCAL_DISTRIBUTION).at(-1)).toMatchObject({ items: ['/img/a*'] });
});
