/** Flow: GET …/performance/cdn at the edge -> the function in AWS's runtime client -> the vendors' APIs -> a row for each. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type LocalAws, localCredentials, startAws } from '../../infra/local/aws/start.ts';
import { startFunctions } from '../../infra/local/functions/start.ts';
import { serveLoopback } from '../../infra/local/loopback.ts';
import { topology as real } from '../../infra/topology.ts';
import { createClient } from '../../shared/client/client.ts';
import { ADMIN_TOKEN, type Flow, startFlow } from './flow.ts';

const topology = {
  buckets: real.buckets,
  queues: {},
  functions: { 'measure-cdns': real.functions['measure-cdns'] },
};

/** As Cloudflare answers who asks with the right token for a zone that it knows. */
const SUMS = {
  requests: 1_000,
  bytes: 5_000_000,
  cachedRequests: 900,
  cachedBytes: 4_000_000,
  responseStatusMap: [{ edgeResponseStatus: 500, requests: 10 }],
};

const stopping: (() => Promise<unknown>)[] = [];
let flow: Flow;
let asked = 0;

beforeAll(async () => {
  const stateDir = await mkdtemp(join(tmpdir(), 'headrace-cdn-figures-'));
  stopping.push(() => rm(stateDir, { recursive: true }));
  const vendor = await serveLoopback(async ({ url, headers, body }) => {
    asked += 1;
    const { variables = {} } = JSON.parse(Buffer.from(body).toString() || '{}');
    const isAllowed = headers.authorization?.[0] === 'Bearer right' && variables.zone === 'z1';
    const zones = isAllowed && url === '/graphql' ? [{ groups: [{ sum: SUMS }] }] : [];
    return {
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ data: { viewer: { zones } } }),
    };
  });
  stopping.push(vendor.close);
  const aws: LocalAws = await startAws({ topology, credentials: localCredentials({}) });
  stopping.push(aws.stop);
  const zone = { vendor: 'cloudflare', apiUrl: vendor.origin } as const;
  const cdns = { site: { ...zone, zoneId: 'z1' }, gone: { ...zone, zoneId: 'z2' } };
  flow = await startFlow({
    config: { cdns },
    variables: {
      AWS_ACCESS_KEY_ID: aws.credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: aws.credentials.secretAccessKey,
      FUNCTIONS_URL: `${aws.endpoint}/2015-03-31/functions/`,
    },
  });
  stopping.push(flow.stop);
  const environment = {
    CDN_SETTINGS: JSON.stringify(cdns),
    CDN_SECRETS: JSON.stringify({ site: { token: 'right' }, gone: { token: 'right' } }),
  };
  const functions = await startFunctions({ topology, aws, environment, stateDir, log: () => {} });
  stopping.push(functions.stop);
});
afterAll(async () => {
  for (const stop of stopping.reverse()) await stop();
});

it('tells what each CDN did, why another could not be measured, and asks nobody again for a while', async () => {
  const { performance } = createClient({ url: flow.url, token: ADMIN_TOKEN });
  const { cdns } = await performance.cdn();
  expect(cdns.map(({ name, state }) => [name, state])).toEqual([
    // This flow has no Redis: what one isolate counted is not what the edge did.
    ['edge', 'unmeasured'],
    ['site', 'measured'],
    ['gone', 'unmeasured'],
  ]);
  expect(cdns[1]?.figures).toMatchObject({
    ...{ requests: 1_000, bytes: 5_000_000, hitRatio: 0.9, bytesHitRatio: 0.8, errorRatio: 0.01, costUsd: 0 },
    rate: { source: expect.stringContaining('https://') },
  });
  expect(cdns[2]?.reason).toContain('no such zone');
  const askedOnce = asked;
  await performance.cdn();
  expect(asked).toBe(askedOnce);
});
