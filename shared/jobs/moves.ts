/**
 * What the moves of a row are given, and every way in which each can come out.
 *
 * Units   instants epoch ms, durations ms
 */

import type { JobType, Lane } from './catalogue.ts';
import type { EndedState, Job, JobError, JobState } from './job.ts';

export interface NewJob {
  readonly id: string;
  readonly type: JobType;
  readonly lane: Lane;
  readonly tenant: string;
  readonly priority: number;
  readonly createdAt: number;
  readonly payload: StoredPayload;
  /** Of the payload's text: the same key must come with the same payload. */
  readonly fingerprint: string;
  /** Absent: at once. */
  readonly runAt?: number;
  readonly watchAt: number;
}

export type StoredPayload =
  | { readonly kind: 'inline'; readonly json: string }
  /** Too large for a row: in the store of payloads, under this key. */
  | { readonly kind: 'claim-check'; readonly key: string };

export type Creation =
  | { readonly kind: 'created'; readonly job: Job }
  | { readonly kind: 'existing'; readonly job: Job }
  /** The id is taken by a job with another payload. */
  | { readonly kind: 'mismatch'; readonly job: Job }
  /** Redis would not have it, for example because it is full. */
  | { readonly kind: 'unwritten'; readonly reason: string };

export interface Confirmation {
  readonly id: string;
  readonly from: number;
  /** `never`: nothing is left to be done for it. */
  readonly to: number | 'never';
}

export interface ClaimOptions {
  readonly now: number;
  /** Names this attempt: only who knows it may move the row. */
  readonly holder: string;
  readonly leaseMs: number;
  readonly attempts: number;
  /** Jobs of the row's tenant that may run at once; the default tenant has no bound. */
  readonly perTenant: number;
  /** When to look after a holder that was never heard of again. */
  readonly watchAt: number;
  /** The dead letter's, when the message is one. */
  readonly death?: number;
}

export type Claim =
  | { readonly kind: 'claimed'; readonly job: Job & { state: 'running' }; readonly payload: StoredPayload }
  /** Ended before: a duplicate, and nothing to do. */
  | { readonly kind: 'ended'; readonly state: EndedState }
  /** Its attempts are used up, the last by a holder that died: it is dead now. */
  | { readonly kind: 'exhausted'; readonly death: number; readonly tenant: string }
  /** Somebody wanted it cancelled while its holder died: it is cancelled now. */
  | { readonly kind: 'cancelled' }
  /** Another holds it. */
  | { readonly kind: 'busy'; readonly leaseUntil: number }
  /** Its time has not come. */
  | { readonly kind: 'early'; readonly dueAt: number }
  /** Its tenant has as many running as it may. */
  | { readonly kind: 'capped'; readonly tenant: string; readonly createdAt: number }
  | { readonly kind: 'absent' };

export interface Held {
  readonly id: string;
  readonly holder: string;
}

export interface ProgressStep {
  readonly holder: string;
  readonly now: number;
  readonly percent: number;
  readonly message?: string;
}

/** `go-on`: still the holder's. `cancel`: somebody wants it to stop. `lost`: no longer the holder's. */
export type Standing = 'go-on' | 'cancel' | 'lost';

export interface Ending {
  readonly holder: string;
  readonly now: number;
  readonly outcome: Outcome;
  /** When to look again, for outcomes that are not the end; of a dead one, whether its letter was written. */
  readonly watchAt: number;
}

export type Outcome =
  | { readonly kind: 'succeeded'; readonly result?: string }
  /** Becomes `cancelled` where a cancellation was asked for. */
  | {
      readonly kind: 'failed';
      readonly nextAttemptAt: number;
      readonly error: JobError;
      readonly result?: string;
    }
  | { readonly kind: 'dead'; readonly error: JobError; readonly result?: string }
  /** It waits for something outside: scheduled anew, and the attempt is not counted. */
  | { readonly kind: 'postponed'; readonly runAt: number; readonly result?: string }
  | { readonly kind: 'cancelled' }
  /** Its time was cut short by no fault of its own: queued again, and the attempt is not counted. */
  | { readonly kind: 'handed-back' };

export type EndReply =
  | { readonly kind: 'moved'; readonly state: JobState; readonly deaths: number }
  | { readonly kind: 'refused' };

export type CancelReply =
  | { readonly kind: 'cancelled'; readonly job: Job; readonly was: JobState }
  /** Running: its holder will see it within three seconds. */
  | { readonly kind: 'requested'; readonly job: Job }
  | { readonly kind: 'ended'; readonly job: Job }
  | { readonly kind: 'absent' };

export type RetryReply =
  | { readonly kind: 'queued'; readonly job: Job }
  /** Under way, or succeeded: nothing to try again. */
  | { readonly kind: 'refused'; readonly job: Job }
  | { readonly kind: 'absent' };

export interface OverdueOptions {
  readonly now: number;
  readonly limit: number;
  /** Until when nobody else looks at what is handed out. */
  readonly watchAt: number;
  readonly attemptsOf: (type: JobType) => number;
}

export type Overdue =
  /** Its message is to be sent: it was never sent, or got lost, or its holder died. */
  | { readonly kind: 'send'; readonly job: Job }
  /** Its dead letter is to be written. */
  | { readonly kind: 'bury'; readonly job: Job; readonly death: number };

export interface ListFilter {
  readonly types: readonly JobType[];
  readonly states: readonly JobState[];
  readonly limit: number;
  readonly cursor?: string;
}

export interface JobPage {
  readonly jobs: readonly Job[];
  /** Absent on the last page. */
  readonly cursor?: string;
}

export interface StateCounts {
  readonly states: Readonly<Record<JobState, number>>;
  /** When the oldest job that waits was enqueued. */
  readonly oldestQueuedAt?: number;
}

export type BegunEffect =
  | { readonly kind: 'first' }
  /** Begun before, and nobody knows how it ended: it may happen twice. */
  | { readonly kind: 'again' }
  | { readonly kind: 'done'; readonly result: string };

export type Eviction =
  | { readonly kind: 'never' }
  | { readonly kind: 'may'; readonly policy: string }
  /** The server does not tell. */
  | { readonly kind: 'unknown' };
