import { setTimeout as sleep } from 'node:timers/promises';
import {
  DeleteMessageCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { createSqsCall } from '../../functions/adapters/sqs-call.ts';
import { type AwsAccess, type LocalAws, localCredentials, startAws } from '../../infra/local/aws/start.ts';
import { createJsonCall, type JsonCall } from '../../shared/aws/json-call.ts';
import { createSignedFetch } from '../../shared/aws/signed-fetch.ts';
import { queueNameOf } from '../../shared/jobs/catalogue.ts';
import { type JobQueue, type QueueAddress, QueueUnavailable } from '../../shared/jobs/job-queue.ts';
import { createSqsJobQueue } from '../../shared/jobs/sqs/queue.ts';
import { createTestClock } from '../fakes/clock.ts';
import { createMemoryJobQueue, type MemoryJobQueue } from '../fakes/job-queue.ts';
import { HIGH, jobQueueContract, NORMAL, type QueueHome } from './job-queue.ts';

const credentials = localCredentials({});
const LANE = { visibilitySeconds: 30, maxReceives: 3 };

jobQueueContract('the queues in memory', async (): Promise<QueueHome> => {
  const clock = createTestClock();
  let queue = createMemoryJobQueue(clock);
  const current: JobQueue = new Proxy({} as MemoryJobQueue, { get: (_, name) => Reflect.get(queue, name) });
  return {
    queue: current,
    receive: async address => queue.receive(address),
    remove: async (address, receipt) => queue.remove(address, receipt),
    pass: async ms => clock.advance(ms),
    now: clock,
    empty: async () => {
      queue = createMemoryJobQueue(clock);
    },
    stop: async () => {},
  };
});

/** As the edge reaches SQS: a signed fetch, and no SDK. */
const atTheEdge = ({ endpoint, region }: AwsAccess): JsonCall => {
  const fetchSigned = createSignedFetch({
    credentials,
    region,
    service: 'sqs',
    clock: Date.now,
    fetch: (url, init) => fetch(url, init),
  });
  return createJsonCall({ fetch: fetchSigned, random: Math.random }, { endpoint, target: 'AmazonSQS' });
};

const bySdk = (aws: AwsAccess): JsonCall => createSqsCall(new SQSClient({ ...aws, maxAttempts: 1 }));

jobQueueContract('the queues in SQS, from the edge', () => startSqsHome(atTheEdge));
jobQueueContract('the queues in SQS, by the SDK', () => startSqsHome(bySdk));

const TRANSPORTS = [
  ['from the edge', atTheEdge],
  ['by the SDK', bySdk],
] as const;

describe.each(TRANSPORTS)('SQS that says no, %s', (_name, connect) => {
  it('of a queue that is not there is an error with its code', async () => {
    const home = await startSqsHome(connect);
    const nowhere: QueueAddress = { type: 'analysis', lane: 'normal' };
    const failed = await home.queue.send(nowhere, { body: 'x', tenant: 't' }).catch(error => error);
    expect(failed).toBeInstanceOf(QueueUnavailable);
    expect(failed.message).toContain('refused SendMessage');
    expect(await home.queue.sendMany(nowhere, [{ body: 'x', tenant: 't' }])).toEqual([
      { ok: false, reason: expect.stringContaining('queue does not exist') },
    ]);
    await home.stop();
  });

  it('of one message among many is the result of that one', async () => {
    const home = await startSqsHome(connect);
    const bodies = ['good', 'bad \u0001', 'x'.repeat(1_048_577), 'good too'];
    const results = await home.queue.sendMany(
      NORMAL,
      bodies.map(body => ({ body, tenant: 't' })),
    );
    expect(results).toEqual([
      { ok: true },
      { ok: false, reason: expect.stringContaining('InvalidMessageContents') },
      { ok: false, reason: 'The message is larger than 1048576 bytes' },
      { ok: true },
    ]);
    expect((await home.receive(NORMAL)).map(({ body }) => body)).toEqual(['good', 'good too']);
    await home.stop();
  });

  it('that is not there at all says so, and of each message of many', async () => {
    const queue = createSqsJobQueue(
      connect({ endpoint: 'http://127.0.0.1:1', region: 'us-east-1', credentials }),
      {
        queueUrl: 'http://127.0.0.1:1/000000000000/',
      },
    );
    const message = { body: 'x', tenant: 't' };
    await expect(queue.send(NORMAL, message)).rejects.toBeInstanceOf(QueueUnavailable);
    await expect(queue.depths(NORMAL)).rejects.toBeInstanceOf(QueueUnavailable);
    await expect(queue.redrive(NORMAL, { perSecond: 1 })).rejects.toBeInstanceOf(QueueUnavailable);
    const results = await queue.sendMany(
      NORMAL,
      Array.from({ length: 11 }, () => message),
    );
    expect(results.filter(({ ok }) => !ok)).toHaveLength(11);
  });
});

async function startSqsHome(connect: (aws: AwsAccess) => JsonCall): Promise<QueueHome> {
  const queues = { reports: LANE, 'reports-high': LANE };
  const aws: LocalAws = await startAws({ topology: { buckets: {}, queues }, credentials });
  const sdk = new SQSClient(aws);
  const prefix = `${aws.endpoint}/000000000000/`;
  const urlOf = ({ type, lane }: QueueAddress) => prefix + queueNameOf(type, lane);
  return {
    queue: createSqsJobQueue(connect(aws), { queueUrl: prefix }),
    async receive(address) {
      const asked = { MaxNumberOfMessages: 10, MessageSystemAttributeNames: ['All' as const] };
      const command = new ReceiveMessageCommand({ QueueUrl: urlOf(address), ...asked });
      const { Messages = [] } = await sdk.send(command);
      return Messages.map(({ Body = '', Attributes, ReceiptHandle = '' }) => ({
        body: Body,
        tenant: Attributes?.MessageGroupId ?? '',
        receipt: ReceiptHandle,
      }));
    },
    async remove(address, ReceiptHandle) {
      await sdk.send(new DeleteMessageCommand({ QueueUrl: urlOf(address), ReceiptHandle }));
    },
    pass: ms => sleep(ms),
    now: () => performance.now(),
    async empty() {
      for (const url of [NORMAL, HIGH].flatMap(address => [urlOf(address), `${urlOf(address)}-dlq`]))
        await sdk.send(new PurgeQueueCommand({ QueueUrl: url }));
    },
    async stop() {
      sdk.destroy();
      await aws.stop();
    },
  };
}
