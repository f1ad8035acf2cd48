/** Flow: the schedule -> the function in AWS's runtime client -> GETs at the edge. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalAws, localCredentials, startAws } from '../../infra/local/aws/start.ts';
import { type FunctionsPart, startFunctions } from '../../infra/local/functions/start.ts';
import { type LoopbackServer, serveLoopback } from '../../infra/local/loopback.ts';
import { topology as real } from '../../infra/topology.ts';
import { until } from '../eventually.ts';

/** The project's own topology, in a hurry. */
const topology = {
  buckets: real.buckets,
  queues: {},
  functions: { 'warm-cache': { ...real.functions['warm-cache'], schedule: { everySeconds: 2 } } },
};

let stateDir: string;
let aws: LocalAws;
let edge: LoopbackServer;
let functions: FunctionsPart;
let s3: S3Client;
const asked: string[] = [];

beforeAll(async () => {
  stateDir = await mkdtemp(join(tmpdir(), 'headrace-warm-'));
  edge = await serveLoopback(async ({ url, method }) => {
    asked.push(`${method} ${url}`);
    return { status: 200, headers: { 'cache-status': 'Headrace; fwd=uri-miss; stored' }, body: 'page' };
  });
  aws = await startAws({ topology, credentials: localCredentials({}) });
  s3 = new S3Client(aws);
  const environment = { EDGE_URL: edge.origin };
  functions = await startFunctions({ topology, aws, environment, stateDir, log: () => {} });
});

afterAll(async () => {
  await functions.stop();
  await Promise.all([aws.stop(), edge.close()]);
  await rm(stateDir, { recursive: true });
});

const timesAsked = (path: string) => asked.filter(line => line === `GET ${path}`).length;

describe('the schedule', () => {
  it('has the hot URLs of the bucket fetched', async () => {
    const Body = '# hot\n/hot\n//evil.example/not-here\n/hot?sort=price\n';
    await s3.send(new PutObjectCommand({ Bucket: 'data', Key: 'hot-urls.txt', Body }));
    await until(() => timesAsked('/hot') > 0 && timesAsked('/hot?sort=price') > 0);
    expect(asked.filter(line => line.includes('not-here'))).toEqual([]);
  });
});
