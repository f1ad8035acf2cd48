/**
 * The door to the job engine for whoever wants something done: enqueue, look, cancel, try again.
 *
 * Units   delays ms
 * Errors  expected outcomes are values; RedisUnavailable where the rows cannot be read, QueueUnavailable where the queues
 *         cannot be asked (redrive, queues). enqueue and enqueueMany never reject for either: `refused` says so
 */

import type { Catalogue, JobType, Lane, PayloadOf } from './catalogue.ts';
import type { Job, JobState } from './job.ts';
import type { QueueDepths, RedriveStart } from './job-queue.ts';
import type { CancelReply, JobPage, RetryReply } from './job-store.ts';

export interface Jobs {
  /** Once it is accepted it will be done, whatever fails from then on. */
  enqueue<Type extends JobType>(
    type: Type,
    payload: PayloadOf<Type>,
    options?: EnqueueOptions,
  ): Promise<Enqueued>;
  /** One outcome for each item, in their order; those that can be accepted are, whatever becomes of the others. */
  enqueueMany<Type extends JobType>(
    type: Type,
    items: readonly EnqueueItem<Type>[],
  ): Promise<readonly Enqueued[]>;
  get(id: string): Promise<Job | null>;
  /** Newest first. */
  list(asked?: ListOptions): Promise<JobPage>;
  /** At once where it waits; where it runs its signal aborts within three seconds. */
  cancel(id: string): Promise<CancelReply>;
  /** Dead, cancelled and failed jobs begin anew. */
  retry(id: string): Promise<RetryReply>;
  /** Moves the dead letters of all the type's lanes back, so many a second; the dead rows revive as their letters arrive. */
  redrive(type: JobType, options: { readonly perSecond: number }): Promise<readonly LaneRedrive[]>;
  queues(): Promise<readonly QueueReport[]>;
  /** What is wrong with where the rows are kept, if anything. */
  check(): Promise<JobsHealth>;
  readonly catalogue: Catalogue;
}

export interface EnqueueOptions {
  /** 1 to 10; from 7 on the high lane. @default 5 */
  readonly priority?: number;
  /** @default 0 */
  readonly delayMs?: number;
  /** @default 'default' */
  readonly tenant?: string;
  /** The same key of the same tenant is the same job, until 30 days after its end. */
  readonly idempotencyKey?: string;
}

export interface EnqueueItem<Type extends JobType> extends EnqueueOptions {
  readonly payload: PayloadOf<Type>;
}

export type Enqueued =
  | { readonly kind: 'accepted'; readonly job: Job }
  /** Its idempotency key named a job that was there. */
  | { readonly kind: 'existing'; readonly job: Job }
  | Refused;

export interface Refused {
  readonly kind: 'refused';
  readonly code: RefusalCode;
  readonly detail: string;
  /** Of the payload, for JOB_PAYLOAD_INVALID: where and what. */
  readonly issues?: readonly { readonly path: string; readonly message: string }[];
}

export type RefusalCode =
  | 'JOB_PAYLOAD_INVALID'
  /** Above 64 KB, and there is no place for large payloads; or above what any may have. */
  | 'JOB_PAYLOAD_TOO_LARGE'
  | 'JOB_OPTIONS_INVALID'
  /** The key came before, with another payload. */
  | 'JOB_KEY_REUSED'
  /** Nothing is known to be written: enqueue again, with an idempotency key to be sure that it is done once. */
  | 'JOB_STORE_UNAVAILABLE';

export interface ListOptions {
  readonly type?: JobType;
  readonly state?: JobState;
  /** 1 to 100. @default 50 */
  readonly limit?: number;
  readonly cursor?: string;
}

export interface LaneRedrive {
  readonly lane: Lane;
  readonly start: RedriveStart;
}

export interface QueueReport {
  readonly type: JobType;
  readonly states: Readonly<Record<JobState, number>>;
  /** Of the oldest job that waits. */
  readonly oldestQueuedMs?: number;
  readonly lanes: readonly (QueueDepths & { readonly lane: Lane; readonly concurrency: number })[];
}

export type JobsHealth =
  | { readonly status: 'healthy' }
  | { readonly status: 'degraded'; readonly reason: string };
