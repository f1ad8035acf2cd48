/** Flow: a message or the schedule -> the function in AWS's runtime client -> GETs at the edge. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import {
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type LocalAws, localCredentials, startAws } from '../../infra/local/aws/start.ts';
import { type FunctionsPart, startFunctions } from '../../infra/local/functions/start.ts';
import { type LoopbackServer, serveLoopback } from '../../infra/local/loopback.ts';
import { topology as real } from '../../infra/topology.ts';

/** The project's own topology, in a hurry. */
const topology = {
  buckets: real.buckets,
  queues: { warming: { visibilitySeconds: 1, maxReceives: 2 } },
  functions: { 'warm-cache': { ...real.functions['warm-cache'], schedule: { everySeconds: 2 } } },
};

let stateDir: string;
let aws: LocalAws;
let edge: LoopbackServer;
let functions: FunctionsPart;
let s3: S3Client;
let sqs: SQSClient;
let queue: string;
let failing: Map<string, number>;
const asked: string[] = [];

beforeAll(async () => {
  stateDir = await mkdtemp(join(tmpdir(), 'headrace-warm-'));
  failing = new Map();
  edge = await serveLoopback(async ({ url, method }) => {
    asked.push(`${method} ${url}`);
    const left = failing.get(url) ?? 0;
    failing.set(url, left - 1);
    if (left > 0) return { status: 503 };
    return { status: 200, headers: { 'cache-status': 'Headrace; fwd=uri-miss; stored' }, body: 'page' };
  });
  aws = await startAws({ topology, credentials: localCredentials({}) });
  s3 = new S3Client(aws);
  sqs = new SQSClient(aws);
  const environment = { EDGE_URL: edge.origin };
  functions = await startFunctions({ topology, aws, environment, stateDir, log: () => {} });
  queue = await urlOf('warming');
});

afterAll(async () => {
  await functions.stop();
  await Promise.all([aws.stop(), edge.close()]);
  await rm(stateDir, { recursive: true });
});

beforeEach(() => {
  asked.length = 0;
  failing.clear();
});

async function urlOf(QueueName: string): Promise<string> {
  return (await sqs.send(new GetQueueUrlCommand({ QueueName }))).QueueUrl ?? '';
}

async function send(...bodies: readonly string[]): Promise<void> {
  const Entries = bodies.map((MessageBody, at) => ({ Id: String(at), MessageBody }));
  await sqs.send(new SendMessageBatchCommand({ QueueUrl: queue, Entries }));
}

async function messagesLeft(): Promise<number> {
  const AttributeNames = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;
  const asked = new GetQueueAttributesCommand({ QueueUrl: queue, AttributeNames: [...AttributeNames] });
  const { Attributes = {} } = await sqs.send(asked);
  return AttributeNames.reduce((sum, name) => sum + Number(Attributes[name]), 0);
}

const timesAsked = (path: string) => asked.filter(line => line === `GET ${path}`).length;

describe('a message', () => {
  it('has its paths fetched from the edge, and is then gone', async () => {
    await send('{"paths":["/shop","/shop?page=2"]}');
    await vi.waitUntil(() => timesAsked('/shop') === 1 && timesAsked('/shop?page=2') === 1, 10_000);
    await vi.waitUntil(async () => (await messagesLeft()) === 0, 5_000);
  });

  it('whose path fails for a moment is tried again', async () => {
    failing.set('/flaky', 1);
    await send('{"paths":["/flaky"]}');
    await vi.waitUntil(() => timesAsked('/flaky') === 2, 10_000);
    await vi.waitUntil(async () => (await messagesLeft()) === 0, 5_000);
  });

  it('that is malformed ends in the dead-letter queue, alone', async () => {
    const poison = '{"paths":["http://169.254.169.254/"]}';
    await send(poison, '{"paths":["/beside-poison"]}');
    const { Messages } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl: await urlOf('warming-dlq'), WaitTimeSeconds: 15 }),
    );
    expect(Messages?.map(({ Body }) => Body)).toEqual([poison]);
    expect(timesAsked('/beside-poison')).toBe(1);
    expect(await messagesLeft()).toBe(0);
  });
});

describe('the schedule', () => {
  it('has the hot URLs of the bucket fetched', async () => {
    const Body = '# hot\n/hot\n//evil.example/not-here\n/hot?sort=price\n';
    await s3.send(new PutObjectCommand({ Bucket: 'data', Key: 'hot-urls.txt', Body }));
    await vi.waitUntil(() => timesAsked('/hot') > 0 && timesAsked('/hot?sort=price') > 0, 10_000);
    expect(asked.filter(line => line.includes('not-here'))).toEqual([]);
  });
});
