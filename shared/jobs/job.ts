/**
 * A job as its row tells it: the row is the truth, a message only says whose turn it is.
 *
 *   scheduled ─▶ queued ─▶ running ─▶ succeeded
 *       └──────────┴──────┬──┘ │ ├──▶ failed (will be tried again) ─▶ running
 *                         ▼    │ └──▶ dead
 *                    cancelled ◀
 *
 * A task that waits for something outside postpones itself: running ─▶ scheduled, and no attempt is counted.
 *
 * Units   instants epoch ms; percent 0 to 100
 */

import type { JobType, Lane } from './catalogue.ts';

export const JOB_STATES = [
  'scheduled',
  'queued',
  'running',
  'failed',
  'succeeded',
  'cancelled',
  'dead',
] as const;

export type JobState = (typeof JOB_STATES)[number];

/** Nothing moves a job out of these but a person: by retry, or by redriving the dead. */
export const ENDED_STATES = ['succeeded', 'cancelled', 'dead'] as const satisfies readonly JobState[];
export type EndedState = (typeof ENDED_STATES)[number];

export function isEnded(state: JobState): state is EndedState {
  return (ENDED_STATES as readonly JobState[]).includes(state);
}

export interface JobError {
  /** Stable, UPPER_SNAKE: a task's own, or JOB_TIMEOUT, JOB_PAYLOAD_INVALID and their like. */
  readonly code: string;
  /** For people; never a stack. */
  readonly message: string;
}

export interface JobProgress {
  readonly percent: number;
  readonly message?: string;
  readonly at: number;
}

interface JobBase {
  /** `<type>-<hex>`: whoever holds the id knows the type. */
  readonly id: string;
  readonly type: JobType;
  readonly lane: Lane;
  readonly tenant: string;
  /** 1 to 10; from 7 on a job takes the high lane. */
  readonly priority: number;
  readonly createdAt: number;
  /** Of the last move. */
  readonly changedAt: number;
  /** Counts every change of the row, progress too: of two readings the higher is the newer. */
  readonly revision: number;
  /** Attempts begun since the job was enqueued, or retried by a person. */
  readonly attempts: number;
  readonly progress?: JobProgress;
  /** Effects for the outside that may have happened twice. */
  readonly repeats: number;
}

export type Job = JobBase &
  (
    | { readonly state: 'scheduled'; readonly runAt: number; readonly result?: unknown }
    | { readonly state: 'queued' }
    | {
        readonly state: 'running';
        readonly startedAt: number;
        readonly leaseUntil: number;
        readonly cancelRequestedAt?: number;
      }
    | {
        readonly state: 'failed';
        readonly nextAttemptAt: number;
        readonly error: JobError;
        readonly result?: unknown;
      }
    | { readonly state: 'succeeded'; readonly endedAt: number; readonly result?: unknown }
    | { readonly state: 'cancelled'; readonly endedAt: number }
    | {
        readonly state: 'dead';
        readonly endedAt: number;
        readonly error: JobError;
        readonly result?: unknown;
      }
  );

export const DEFAULT_TENANT = 'default';
export const DEFAULT_PRIORITY = 5;
/** From here on a job takes the high lane, where its type has one. */
export const HIGH_PRIORITY = 7;
