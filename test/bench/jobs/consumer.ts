/**
 * A consumer to be killed: takes jobs from the queue, one after the other, and in one attempt of ten ends itself by SIGKILL:
 * before the effect, in the middle of its transaction, or after it.
 */

import { Pool } from 'pg';
import { createPostgresOnce } from '../../../functions/adapters/jobs/postgres-once.ts';
import { createUndiciRedis } from '../../../functions/adapters/undici-redis.ts';
import { createJsonCall } from '../../../shared/aws/json-call.ts';
import { createSignedFetch } from '../../../shared/aws/signed-fetch.ts';
import { createSqsJobQueue } from '../../../shared/jobs/sqs/queue.ts';
import { createRedisJobStore } from '../../../shared/jobs/store/redis-job-store.ts';
import type { TaskContext } from '../../../shared/jobs/worker/task.ts';
import { createWorker } from '../../../shared/jobs/worker/worker.ts';
import { randomId } from '../../../shared/primitives/ids.ts';
import { type ConsumerSettings, killedCatalogue } from './killed-catalogue.ts';

// Nothing is ever written to this pipe: it ends when the other side does.
process.stdin.on('end', () => process.exit(1)).resume();

const settings = JSON.parse(process.argv[2] ?? '') as ConsumerSettings;
const { redis, aws, queueUrl, databaseUrl, killRatio } = settings;
const address = { type: 'notifications', lane: 'normal' } as const;

const fetchSigned = createSignedFetch({ ...aws, service: 'sqs', clock: Date.now, fetch });
const call = createJsonCall(
  { fetch: fetchSigned, random: Math.random },
  { endpoint: aws.endpoint, target: 'AmazonSQS', deadlineMs: 30_000 },
);
const worker = createWorker({
  store: createRedisJobStore(createUndiciRedis({ ...redis, deadlineMs: 10_000 })),
  queue: createSqsJobQueue(call, { queueUrl }),
  onceStore: createPostgresOnce(new Pool({ connectionString: databaseUrl, max: 1 })),
  tasks: { notifications: (_, context) => insertOnce(context) },
  catalogue: killedCatalogue,
  clock: Date.now,
  random: Math.random,
  createId: randomId,
  log: () => {},
});

async function insertOnce({ id, once }: TaskContext): Promise<void> {
  const dieAt = Math.random() < killRatio ? Math.floor(Math.random() * 3) : -1;
  if (dieAt === 0) die();
  await once('insert', async transaction => {
    await transaction.query('INSERT INTO effects (job) VALUES ($1)', [id]);
    if (dieAt === 1) die();
  });
  if (dieAt === 2) die();
}

function die(): void {
  process.kill(process.pid, 'SIGKILL');
}

const QueueUrl = `${queueUrl}notifications`;
const MessageSystemAttributeNames = ['ApproximateReceiveCount'];

while (true) {
  const received = await call('ReceiveMessage', {
    QueueUrl,
    MaxNumberOfMessages: 5,
    WaitTimeSeconds: 1,
    MessageSystemAttributeNames,
  });
  for (const message of (received.Messages ?? []) as Record<string, string>[]) {
    const { MessageId: messageId = '', ReceiptHandle: receipt = '', Body: body = '' } = message;
    const messages = [{ messageId, receipt, body, receives: 1 }];
    const failed = await worker.run({ address, messages, stopAt: Number.MAX_SAFE_INTEGER });
    if (failed.length === 0) await call('DeleteMessage', { QueueUrl, ReceiptHandle: receipt });
  }
}
