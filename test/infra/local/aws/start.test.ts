import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetObjectCommand, ListBucketsCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import {
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AwsCredentials } from '../../../../infra/local/aws/signature.ts';
import {
  type LocalAws,
  localCredentials,
  type StartAwsOptions,
  startAws,
} from '../../../../infra/local/aws/start.ts';
import { presign, sendSigned } from './sdk-signer.ts';

const topology = { buckets: { data: {} }, queues: { work: { visibilitySeconds: 30, maxReceives: 3 } } };
const credentials = { accessKeyId: 'local-key', secretAccessKey: 'local-secret' };

let stateDir: string;
const started: LocalAws[] = [];

beforeEach(async () => {
  stateDir = await mkdtemp(join(tmpdir(), 'headrace-aws-'));
});

afterEach(async () => {
  await Promise.all(started.splice(0).map(aws => aws.stop()));
  await rm(stateDir, { recursive: true });
});

async function start(options: Partial<StartAwsOptions> = {}): Promise<LocalAws> {
  const aws = await startAws({ topology, credentials, ...options });
  started.push(aws);
  return aws;
}

function clientsOf(aws: LocalAws, others: Partial<AwsCredentials> = {}) {
  const config = {
    endpoint: aws.endpoint,
    region: aws.region,
    credentials: { ...credentials, ...others },
    maxAttempts: 1,
  };
  return { s3: new S3Client(config), sqs: new SQSClient(config) };
}

describe('the local AWS', () => {
  it('listens on this machine alone', async () => {
    const aws = await start();
    expect(aws.endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  it('has the buckets and queues of the topology', async () => {
    const { s3, sqs } = clientsOf(await start());
    const { Buckets } = await s3.send(new ListBucketsCommand());
    const { QueueUrls } = await sqs.send(new ListQueuesCommand());
    expect(Buckets?.map(({ Name }) => Name)).toEqual(['data']);
    expect(QueueUrls?.map(url => url.split('/').at(-1))).toEqual(['work', 'work-dlq']);
  });

  it('gives up its port when it is stopped, also twice', async () => {
    const aws = await start();
    await aws.stop();
    await aws.stop();
    await expect(connected(aws.endpoint)).rejects.toThrow('ECONNREFUSED');
  });
});

function connected(endpoint: string): Promise<void> {
  const { hostname, port } = new URL(endpoint);
  return new Promise((resolve, reject) => {
    connect(Number(port), hostname).once('connect', resolve).once('error', reject);
  });
}

describe('who may call', () => {
  it('is test, with the secret test, unless the environment says otherwise', () => {
    expect(localCredentials({})).toEqual({ accessKeyId: 'test', secretAccessKey: 'test' });
    const environment = { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' };
    const given = { accessKeyId: 'a', secretAccessKey: 'b' };
    expect(localCredentials(environment)).toEqual(given);
    const temporary = { ...environment, AWS_SESSION_TOKEN: 'c' };
    expect(localCredentials(temporary)).toEqual({ ...given, sessionToken: 'c' });
  });

  it.each([
    ['another secret', { secretAccessKey: 'x' }, 'SignatureDoesNotMatch', 'InvalidSignatureException'],
    ['another key id', { accessKeyId: 'x' }, 'InvalidAccessKeyId', 'UnrecognizedClientException'],
  ])('is refused with %s, in the words of each service', async (_, wrong, s3Code, sqsCode) => {
    const { s3, sqs } = clientsOf(await start(), wrong);
    const refused = (name: string) => ({ name, $metadata: { httpStatusCode: 403 } });
    await expect(s3.send(new ListBucketsCommand())).rejects.toMatchObject(refused(s3Code));
    await expect(sqs.send(new ListQueuesCommand())).rejects.toMatchObject(refused(sqsCode));
  });

  it('may hold temporary credentials', async () => {
    const { s3 } = clientsOf(await start(), { sessionToken: 'token' });
    expect((await s3.send(new ListBucketsCommand())).Buckets).toHaveLength(1);
  });

  it('must sign', async () => {
    const aws = await start();
    const toS3 = await fetch(`${aws.endpoint}/data/x`);
    expect([toS3.status, await toS3.text()]).toEqual([
      403,
      expect.stringContaining('<Code>AccessDenied</Code>'),
    ]);
    const toSqs = await fetch(aws.endpoint, {
      method: 'POST',
      headers: { 'x-amz-target': 'AmazonSQS.ListQueues' },
    });
    expect([toSqs.status, await toSqs.json()]).toEqual([
      403,
      expect.objectContaining({ __type: 'MissingAuthenticationTokenException' }),
    ]);
  });

  it('may be anyone with a presigned URL, while it holds and for what it names', async () => {
    const aws = await start();
    await clientsOf(aws).s3.send(new PutObjectCommand({ Bucket: 'data', Key: 'a b.txt', Body: 'shared' }));
    const now = new Date();
    const url = await presign(aws, '/data/a%20b.txt', { expiresIn: 60, at: now });
    expect(await (await fetch(url)).text()).toBe('shared');
    expect((await fetch(url.replace('a%20b', 'other'))).status).toBe(403);
    expect((await fetch(url, { method: 'DELETE' })).status).toBe(403);
    const old = await presign(aws, '/data/a%20b.txt', {
      expiresIn: 60,
      at: new Date(now.getTime() - 61_000),
    });
    expect(await (await fetch(old)).text()).toContain('Request has expired');
  });
});

describe('a service', () => {
  it('that nobody serves is told so at once', async () => {
    const aws = await start();
    const answer = await sendSigned(aws, { service: 'dynamodb', method: 'POST', path: '/', body: '{}' });
    expect([answer.status, await answer.json()]).toEqual([
      501,
      expect.objectContaining({
        __type: 'UnknownOperationException',
        message: 'The local AWS has no service dynamodb.',
      }),
    ]);
  });

  it('may join, and gets only what is signed for it', async () => {
    const aws = await start();
    aws.serve('lambda', async ({ url }) => ({ status: 200, body: `lambda ${url}` }));
    const answer = await sendSigned(aws, { service: 'lambda', method: 'GET', path: '/2015-03-31/a%2Fb' });
    expect(await answer.text()).toBe('lambda /2015-03-31/a%2Fb');
    expect((await sendSigned(aws, { service: 's3', method: 'GET', path: '/2015-03-31/a' })).status).toBe(404);
  });
});

describe('its state', () => {
  it('survives a restart: objects, messages, and queue URLs of the new port', async () => {
    const first = await start({ stateDir });
    const before = clientsOf(first);
    await before.s3.send(new PutObjectCommand({ Bucket: 'data', Key: 'kept', Body: 'kept' }));
    const { QueueUrl } = await before.sqs.send(new GetQueueUrlCommand({ QueueName: 'work' }));
    await before.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'kept' }));
    await first.stop();

    const second = await start({ stateDir });
    const after = clientsOf(second);
    const kept = await after.s3.send(new GetObjectCommand({ Bucket: 'data', Key: 'kept' }));
    expect(await kept.Body?.transformToString()).toBe('kept');
    const found = await after.sqs.send(new GetQueueUrlCommand({ QueueName: 'work' }));
    expect(found.QueueUrl).toBe(`${second.endpoint}/000000000000/work`);
    const { Messages } = await after.sqs.send(new ReceiveMessageCommand({ QueueUrl: found.QueueUrl }));
    expect(Messages).toEqual([expect.objectContaining({ Body: 'kept' })]);
  });

  it('is for its owner only', async () => {
    const folder = join(stateDir, 'aws');
    await start({ stateDir: folder });
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
  });

  it('takes the present settings of the topology', async () => {
    await (await start({ stateDir })).stop();
    const queues = { work: { visibilitySeconds: 90, maxReceives: 5 } };
    const aws = await start({ stateDir, topology: { ...topology, queues } });
    const { sqs } = clientsOf(aws);
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: 'work' }));
    const asked = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] });
    const { Attributes } = await sqs.send(asked);
    expect(Attributes).toMatchObject({
      VisibilityTimeout: '90',
      RedrivePolicy: expect.stringContaining(':5'),
    });
  });

  it('is forgotten without a folder for it', async () => {
    const first = await start();
    await clientsOf(first).s3.send(new PutObjectCommand({ Bucket: 'data', Key: 'lost', Body: 'x' }));
    await first.stop();
    const again = clientsOf(await start()).s3.send(new GetObjectCommand({ Bucket: 'data', Key: 'lost' }));
    await expect(again).rejects.toMatchObject({ name: 'NoSuchKey' });
  });

  it('that cannot be opened stops the start with a sentence', async () => {
    await writeFile(
      join(stateDir, 'fauxqs.db'),
      'no database, but long enough to be taken for a damaged one'.repeat(20),
    );
    await expect(start({ stateDir })).rejects.toMatchObject({
      name: 'StartError',
      message: `The state of the local AWS in ${stateDir} cannot be opened; npm run clean forgets it.`,
    });
  });
});
