/**
 * Enqueueing many beside the least that can be done: the same messages by the SDK's SendMessageBatch, sixteen requests at
 * once; turn by turn, the best turn of each. Ours has more on the way at once, for it makes three trips for a message's one.
 *
 * Ours also writes a row for each job: it keeps up only because rows and messages are on the way at the same time.
 */

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { createSqsCall } from '../../../../functions/adapters/sqs-call.ts';
import { createUndiciRedis } from '../../../../functions/adapters/undici-redis.ts';
import { type LocalRedis, startRedis } from '../../../../infra/local/redis/start.ts';
import { createJobs } from '../../../../shared/jobs/door/create-jobs.ts';
import { createSqsJobQueue } from '../../../../shared/jobs/sqs/queue.ts';
import { createRedisJobStore } from '../../../../shared/jobs/store/redis-job-store.ts';
import { mapBounded } from '../../../../shared/primitives/bounded.ts';
import { systemClock as clock } from '../../../../shared/primitives/clock.ts';
import { randomId as createId } from '../../../../shared/primitives/ids.ts';
import { isRealTier } from '../../../contracts/tier.ts';
import { startBenchRedis } from '../../cache/server.ts';
import type { FarServices } from '../far-services.ts';

export interface EnqueueManyOptions {
  /** @default 10000 */
  readonly jobs?: number;
  /** @default 20 */
  readonly roundTripMs?: number;
}

const BAR = 0.8;
const TURNS = 4;
const AT_ONCE = 16;

export interface EnqueueManyFigures {
  readonly jobs: number;
  readonly roundTripMs: number;
  readonly redis: 'redis-server' | 'embedded';
  readonly oursPerSecond: number;
  readonly barePerSecond: number;
  readonly ratio: number;
  readonly held: boolean;
}

export async function measureEnqueueMany({
  jobs: count = 10_000,
  roundTripMs = 20,
}: EnqueueManyOptions = {}): Promise<EnqueueManyFigures> {
  const redis = await startSomeRedis();
  const far = await startFarServices(roundTripMs, redis);
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
    return figuresOf({ count, roundTripMs, redis: redis.name, ...best });
  } finally {
    sqs.destroy();
    far.stop();
    await redis.stop();
  }
}

/** Debian's, where the bench runs on the second tier: the embedded one is an emulator, and slower than what it stands for. */
async function startSomeRedis() {
  if (!isRealTier) return { name: 'embedded' as const, ...(await startRedis()) };
  const { near, stop } = await startBenchRedis();
  return { name: 'redis-server' as const, url: near.url, token: near.token, stop };
}

async function startFarServices(ms: number, { url, token }: Pick<LocalRedis, 'url' | 'token'>) {
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
  readonly redis: EnqueueManyFigures['redis'];
  readonly ours: number;
  readonly bare: number;
}

function figuresOf({ count, roundTripMs, redis, ours, bare }: Measured): EnqueueManyFigures {
  const perSecond = (ms: number) => Math.round((count / ms) * 1000);
  const ratio = Math.round((bare / ours) * 100) / 100;
  return {
    jobs: count,
    roundTripMs,
    redis,
    oursPerSecond: perSecond(ours),
    barePerSecond: perSecond(bare),
    ratio,
    held: ratio >= BAR,
  };
}
