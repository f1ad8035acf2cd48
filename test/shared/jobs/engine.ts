/**
 * The whole job engine in this process: rows in the embedded Redis, queues in memory, one clock for all of them.
 */

import { CATALOGUE, type Catalogue, type JobType, type Lane } from '../../../shared/jobs/catalogue.ts';
import { createJobs } from '../../../shared/jobs/door/create-jobs.ts';
import { createDispatch } from '../../../shared/jobs/door/dispatch.ts';
import { createRescue } from '../../../shared/jobs/door/rescue.ts';
import type { JobQueue } from '../../../shared/jobs/job-queue.ts';
import type { JobScheduler } from '../../../shared/jobs/job-scheduler.ts';
import type { JobStore } from '../../../shared/jobs/job-store.ts';
import type { OnceStore } from '../../../shared/jobs/once.ts';
import type { PayloadStore } from '../../../shared/jobs/payload-store.ts';
import { createRedisJobStore } from '../../../shared/jobs/store/redis-job-store.ts';
import { visibilitySeconds } from '../../../shared/jobs/watch.ts';
import type { Tasks } from '../../../shared/jobs/worker/task.ts';
import { createWorker } from '../../../shared/jobs/worker/worker.ts';
import type { Clock } from '../../../shared/primitives/clock.ts';
import { randomId } from '../../../shared/primitives/ids.ts';
import { createEngineRedis } from '../../fakes/engine-redis.ts';
import { createMemoryJobQueue, type Delivery } from '../../fakes/job-queue.ts';

export interface TestEngineOptions {
  readonly clock: Clock;
  readonly tasks?: Tasks;
  readonly catalogue?: Catalogue;
  readonly random?: () => number;
  readonly payloads?: PayloadStore;
  readonly scheduler?: JobScheduler;
  readonly onceStore?: OnceStore;
  readonly sleep?: (ms: number) => Promise<unknown>;
  /** Puts trouble in front of the ports. */
  readonly around?: {
    readonly store?: (store: JobStore) => JobStore;
    readonly queue?: (queue: JobQueue) => JobQueue;
  };
}

export async function createTestEngine(options: TestEngineOptions) {
  const { clock, tasks = {}, catalogue = CATALOGUE, random = Math.random, around = {} } = options;
  const redis = await createEngineRedis(clock);
  const rows = createRedisJobStore(redis);
  await learnScripts(rows);
  const memory = createMemoryJobQueue(clock);
  const store = around.store?.(rows) ?? rows;
  const queue = around.queue?.(memory) ?? memory;
  const logged: object[] = [];
  const log = (entry: object) => void logged.push(entry);
  const shared = { store, queue, clock, catalogue, log, createId: randomId };
  const { payloads, scheduler, onceStore, sleep } = options;
  const places = { ...(payloads && { payloads }), ...(onceStore && { onceStore }) };
  const jobs = createJobs({ ...shared, ...places, ...(scheduler && { scheduler }) });
  const worker = createWorker({ ...shared, ...places, tasks, random, ...(sleep && { sleep }) });
  const rescue = createRescue({ ...shared, dispatch: createDispatch({ ...shared, scheduler }) });

  /** What the event source mapping does: receive, run, remove what is done. */
  async function deliver(
    type: JobType,
    { lane = 'normal', most = 10, stopAt = Number.MAX_SAFE_INTEGER }: DeliverOptions = {},
  ) {
    const hideMs = visibilitySeconds(catalogue[type]) * 1000;
    const deliveries = memory.receive({ type, lane }, { most, hideMs });
    const failed = await run(type, deliveries, { lane, stopAt });
    for (const { receipt } of deliveries)
      if (!failed.includes(receipt)) memory.remove({ type, lane }, receipt);
    return { deliveries, failed };
  }

  function run(
    type: JobType,
    deliveries: readonly Delivery[],
    { lane, stopAt }: { lane: Lane; stopAt: number },
  ) {
    const messages = deliveries.map(({ receipt, body, receives }) => ({
      messageId: receipt,
      receipt,
      body,
      receives,
    }));
    return worker.run({ address: { type, lane }, messages, stopAt });
  }

  return { redis, rows, memory, jobs, worker, rescue, deliver, run, logged };
}

/** The names of scripts are hashes, made in a thread of their own, for which no fake clock waits: so make them beforehand. */
export async function learnScripts(store: JobStore): Promise<void> {
  const id = `reports-${'0'.repeat(24)}`;
  const outcome = { kind: 'cancelled' } as const;
  await Promise.all([
    store.claim(id, { now: 0, holder: '', leaseMs: 0, attempts: 0, perTenant: 0, watchAt: 0 }),
    store.progress(id, { holder: '', now: 0, percent: 0 }),
    store.end(id, { holder: '', now: 0, outcome, watchAt: 0 }),
    store.cancel(id, 0),
    store.retry(id, { now: 0, watchAt: 0 }),
    store.confirmMany([{ id, from: 0, to: 'never' }]),
    store.beginEffect(id, ''),
    store.completeEffect(id, '', ''),
  ]);
}

export interface DeliverOptions {
  readonly lane?: Lane;
  readonly most?: number;
  readonly stopAt?: number;
}

/** The id of a job that was accepted. */
export function idOf(outcome: { readonly kind: string; readonly job?: { readonly id: string } }): string {
  if (outcome.kind !== 'accepted' || !outcome.job)
    throw new Error(`It was not accepted: ${JSON.stringify(outcome)}`);
  return outcome.job.id;
}
