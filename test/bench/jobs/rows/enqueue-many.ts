/**
 * Enqueueing many beside the least that can be done: the same messages by the SDK's SendMessageBatch, as many requests at
 * once as ours has to one queue; turn by turn, the best turn of each.
 *
 * Ours also writes a row for each job: it keeps up only because rows and messages are on the way at the same time.
 */

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { createSqsCall } from '../../../../functions/adapters/sqs-call.ts';
import { createUndiciRedis } from '../../../../functions/adapters/undici-redis.ts';
import { createJobs } from '../../../../shared/jobs/door/create-jobs.ts';
import { createSqsJobQueue } from '../../../../shared/jobs/sqs/queue.ts';
import { createRedisJobStore } from '../../../../shared/jobs/store/redis-job-store.ts';
import { mapBounded } from '../../../../shared/primitives/bounded.ts';
import { systemClock as clock } from '../../../../shared/primitives/clock.ts';
import { randomId as createId } from '../../../../shared/primitives/ids.ts';
import type { Row } from '../../cache/row.ts';
import type { BenchRedis } from '../../cache/server.ts';
import type { FarServices } from '../far-services.ts';

export interface EnqueueManyOptions {
  /** @default 10000 */
  readonly jobs?: number;
  /** @default 20 */
  readonly roundTripMs?: number;
}

const BAR = 0.8;
const TURNS = 4;
/** What createSqsJobQueue has of itself. */
const AT_ONCE = 16;

export async function measureEnqueueMany(
  redis: Pick<BenchRedis, 'near'>,
  { jobs: count = 10_000, roundTripMs = 20 }: EnqueueManyOptions = {},
): Promise<Row> {
  const far = await startFarServices(roundTripMs, redis.near);
  const sqs = new SQSClient({ ...far.services.aws, requestHandler: { httpAgent: { maxSockets: 200 } } });
  try {
    // Once for warmth: connections, compiled code, and the scripts that Redis must learn.
    await oursMs(far.services, sqs, Math.ceil(count / 10));
    await bareMs(far.services, sqs, Math.ceil(count / 10));
    const best = { ours: Number.POSITIVE_INFINITY, bare: Number.POSITIVE_INFINITY };
    for (let turn = 0; turn < TURNS; turn++) {
      best.bare = Math.min(best.bare, await bareMs(far.services, sqs, count));
      best.ours = Math.min(best.ours, await oursMs(far.services, sqs, count));
    }
    return rowOf({ count, roundTripMs, ...best });
  } finally {
    sqs.destroy();
    far.stop();
  }
}

async function startFarServices(ms: number, { url, token }: BenchRedis['near']) {
  const program = new URL('../far-services.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [program, String(ms), url], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout });
  const services = await new Promise<FarServices>((resolve, reject) => {
    lines.once('line', line => resolve(JSON.parse(line)));
    child.once('exit', () => reject(new Error('The far services ended')));
  });
  return { services: { ...services, token }, stop: () => child.stdin.end() };
}

type Far = FarServices & { readonly token: string };
const queueUrlOf = ({ aws }: Far) => `${aws.endpoint}/000000000000/`;

async function oursMs(services: Far, sqs: SQSClient, count: number): Promise<number> {
  const redis = createUndiciRedis({ url: services.redisUrl, token: services.token, deadlineMs: 10_000 });
  const queue = createSqsJobQueue(createSqsCall(sqs), { queueUrl: queueUrlOf(services) });
  const jobs = createJobs({ store: createRedisJobStore(redis), queue, clock, createId });
  const items = Array.from({ length: count }, () => ({
    payload: { report: 'sales', format: 'csv' as const },
  }));
  const begunAt = performance.now();
  const outcomes = await jobs.enqueueMany('reports', items);
  const tookMs = performance.now() - begunAt;
  const refused = outcomes.filter(({ kind }) => kind !== 'accepted').length;
  if (refused > 0) throw new Error(`${refused} of ${count} jobs were not accepted`);
  return tookMs;
}

async function bareMs(services: Far, sqs: SQSClient, count: number): Promise<number> {
  const QueueUrl = `${queueUrlOf(services)}reports`;
  const MessageBody = JSON.stringify({ job: `reports-${createId()}` });
  const Entries = Array.from({ length: 10 }, (_, at) => ({
    Id: String(at),
    MessageBody,
    MessageGroupId: 'default',
  }));
  const begunAt = performance.now();
  await mapBounded(Array.from({ length: Math.ceil(count / 10) }), AT_ONCE, async () => {
    const { Failed = [] } = await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
    if (Failed.length > 0) throw new Error('A bare message was not taken');
  });
  return performance.now() - begunAt;
}

interface Measured {
  readonly count: number;
  readonly roundTripMs: number;
  readonly ours: number;
  readonly bare: number;
}

function rowOf({ count, roundTripMs, ours, bare }: Measured): Row {
  const ratio = bare / ours;
  return {
    what: `enqueueMany of ${count} jobs at ${roundTripMs} ms`,
    bar: `≥ ${BAR} of bare SendMessageBatch`,
    ours: `${ratio.toFixed(2)} × (${perSecond(count, ours)}, with a row for each)`,
    peers: `${perSecond(count, bare)}, without rows`,
    held: ratio >= BAR,
  };
}

function perSecond(count: number, ms: number): string {
  return `${Math.round((count / ms) * 1000)}/s`;
}
