/**
 * The door to the job engine, over the ports to rows, queues, large payloads and the scheduler.
 *
 * Errors  as jobs.ts
 * Cost    enqueue two round trips to Redis and one request to SQS; queues two requests for each queue
 */

import type { Clock } from '../../primitives/clock.ts';
import type { CreateId } from '../../primitives/ids.ts';
import { CATALOGUE, type Catalogue, JOB_TYPES, type JobType, lanesOf } from '../catalogue.ts';
import { JOB_STATES } from '../job.ts';
import type { JobQueue } from '../job-queue.ts';
import type { JobScheduler } from '../job-scheduler.ts';
import type { Eviction, JobStore } from '../job-store.ts';
import type { Jobs, JobsHealth, QueueReport } from '../jobs.ts';
import type { PayloadStore } from '../payload-store.ts';
import { watchAt } from '../watch.ts';
import { createDispatch } from './dispatch.ts';
import { createEnqueue } from './enqueue.ts';

export interface JobsDeps {
  readonly store: JobStore;
  readonly queue: JobQueue;
  /** Where payloads above 64 KB go; without it they are refused. */
  readonly payloads?: PayloadStore;
  readonly scheduler?: JobScheduler | undefined;
  readonly clock: Clock;
  readonly createId: CreateId;
  /** What nobody waits for and somebody may want to know. @default says nothing */
  readonly log?: (entry: object) => void;
  /** @default CATALOGUE */
  readonly catalogue?: Catalogue;
}

const DEFAULT_LIMIT = 50;
const MOST = 100;

export function createJobs(deps: JobsDeps): Jobs {
  const { store, queue, payloads, scheduler, clock, createId, log = () => {} } = deps;
  const catalogue: Catalogue = deps.catalogue ?? CATALOGUE;
  const dispatch = createDispatch({ store, queue, scheduler, clock, log });
  const enqueueAll = createEnqueue({ store, payloads, dispatch, catalogue, clock, createId });

  /** A policy does not change under way: it is asked for once. */
  let eviction: Eviction | undefined;

  async function reportOf(
    type: JobType,
    counted: Awaited<ReturnType<JobStore['counts']>>,
  ): Promise<QueueReport> {
    const { states, oldestQueuedAt } = counted.get(type) ?? { states: NONE };
    const lanes = lanesOf(catalogue[type]).map(async lane => ({
      lane,
      concurrency: catalogue[type].lanes[lane]?.concurrency ?? 0,
      ...(await queue.depths({ type, lane })),
    }));
    const age = oldestQueuedAt === undefined ? {} : { oldestQueuedMs: Math.max(0, clock() - oldestQueuedAt) };
    return { type, states, ...age, lanes: await Promise.all(lanes) };
  }

  return {
    catalogue,
    async enqueue(type, payload, options = {}) {
      const [outcome] = await enqueueAll(type, [{ ...options, payload }]);
      if (!outcome) throw new TypeError('One job was enqueued, and no outcome came');
      return outcome;
    },
    enqueueMany: (type, items) => enqueueAll(type, items),
    get: id => store.get(id),
    list({ type, state, limit = DEFAULT_LIMIT, cursor } = {}) {
      const filter = {
        types: type ? [type] : JOB_TYPES,
        states: state ? [state] : JOB_STATES,
        limit: Math.min(Math.max(1, limit), MOST),
      };
      return store.list(cursor === undefined ? filter : { ...filter, cursor });
    },
    async cancel(id) {
      const reply = await store.cancel(id, clock());
      // A schedule that stays fires into a cancelled job, which does nothing.
      if (reply.kind === 'cancelled' && reply.was === 'scheduled')
        await scheduler
          ?.cancel(id)
          .catch(error => log({ event: 'job-schedule-left', job: id, reason: String(error) }));
      return reply;
    },
    async retry(id) {
      const now = clock();
      const watchedAt = watchAt.unsent(now);
      const reply = await store.retry(id, { now, watchAt: watchedAt });
      if (reply.kind === 'queued') await dispatch([{ job: reply.job, watchedAt }]);
      return reply;
    },
    async redrive(type, { perSecond }) {
      const lanes = lanesOf(catalogue[type]);
      const share = Math.max(1, Math.floor(perSecond / lanes.length));
      return Promise.all(
        lanes.map(async lane => ({ lane, start: await queue.redrive({ type, lane }, { perSecond: share }) })),
      );
    },
    async queues() {
      const counted = await store.counts(JOB_TYPES);
      return Promise.all(JOB_TYPES.map(type => reportOf(type, counted)));
    },
    async check() {
      eviction ??= await store.evicts();
      return healthOf(eviction);
    },
  };
}

const NONE = Object.fromEntries(JOB_STATES.map(state => [state, 0])) as QueueReport['states'];

/** What does not tell is not accused: some providers keep their policy to themselves. */
function healthOf(eviction: Eviction): JobsHealth {
  if (eviction.kind !== 'may') return { status: 'healthy' };
  const reason = `the Redis of the jobs may drop their rows when it is full (${eviction.policy}); give a database without eviction in JOBS_REDIS_REST_URL`;
  return { status: 'degraded', reason };
}
