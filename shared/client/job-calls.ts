/**
 * The jobs, from outside: have something done, watch it, stop it, try it again.
 *
 * Errors  HeadraceApiError with the code of the route; watch also when the edge cannot be reached five times in a row
 */

import type {
  JobPageView,
  JobState,
  JobType,
  JobView,
  PayloadOf,
  QueuesView,
  Redriven,
} from '../api/jobs.ts';
import type { Call, CallSettings, Send } from './call.ts';
import { quote } from './quote.ts';
import { type JobEvent, type WatchSettings, watchJob } from './watch-job.ts';

export type { JobEvent, WatchSettings } from './watch-job.ts';

export interface JobCalls {
  /** Once it is accepted it will be done. With an idempotency key it may be sent again: the same key is the same job. */
  enqueue<Type extends JobType>(
    type: Type,
    payload: PayloadOf<Type>,
    options?: EnqueueCallOptions,
  ): Promise<JobView>;
  get(id: string, settings?: CallSettings): Promise<JobView>;
  /** Newest first. */
  list(asked?: JobListQuery, settings?: CallSettings): Promise<JobPageView>;
  /** At once where it waits; where it runs, `cancelRequestedAt` says that it was told to stop. */
  cancel(id: string, settings?: CallSettings): Promise<JobView>;
  /** Dead, cancelled and failed jobs begin anew. */
  retry(id: string, settings?: CallSettings): Promise<JobView>;
  /** What happens to a job until it ends; goes on where a connection was lost. */
  watch(id: string, settings?: WatchSettings): AsyncIterable<JobEvent>;
  queues(settings?: CallSettings): Promise<QueuesView['queues']>;
  redrive(type: JobType, perSecond: number, settings?: CallSettings): Promise<Redriven>;
}

export interface EnqueueCallOptions extends CallSettings {
  /** 1 to 10; from 7 on the high lane. @default 5 */
  readonly priority?: number;
  /** @default 0 */
  readonly delaySeconds?: number;
  /** @default 'default' */
  readonly tenant?: string;
  readonly idempotencyKey?: string;
}

export interface JobListQuery {
  readonly type?: JobType;
  readonly state?: JobState;
  /** 1 to 100. @default 50 */
  readonly limit?: number;
  readonly cursor?: string;
}

export function jobCalls(call: Call, send: Send): JobCalls {
  return {
    enqueue(type, payload, { signal, idempotencyKey, ...options } = {}) {
      return call('POST /api/admin/jobs/:job', {
        params: { job: type },
        headers: idempotencyKey === undefined ? {} : { 'Idempotency-Key': quote(idempotencyKey) },
        body: { payload, ...options },
        signal,
      });
    },
    get: (job, settings) => call('GET /api/admin/jobs/:job', { params: { job }, ...settings }),
    list: (query = {}, settings = {}) => call('GET /api/admin/jobs', { query, ...settings }),
    cancel: (job, settings) => call('DELETE /api/admin/jobs/:job', { params: { job }, ...settings }),
    retry: (job, settings) => call('POST /api/admin/jobs/:job/retry', { params: { job }, ...settings }),
    watch: (id, settings = {}) => watchJob(send, id, settings),
    async queues(settings) {
      return (await call('GET /api/admin/queues', { ...settings })).queues;
    },
    redrive: (type, perSecond, settings) =>
      call('POST /api/admin/queues/:type/redrive', { params: { type }, body: { perSecond }, ...settings }),
  };
}
