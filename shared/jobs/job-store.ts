/**
 * The port to the rows of all jobs. Every move is one conditional step: it happens whole, or the row says why it may not.
 *
 * A row is written before its message is sent, and each row that is under way is on watch: at `watchAt` somebody looks
 * whether what should have happened did, and sends again what was lost. So a job that was accepted is never lost, and none
 * stays `running` for ever.
 *
 * Units   instants epoch ms, durations ms
 * Errors  rejects with RedisUnavailable when nothing is known about what became of the move; asking again is safe
 * Cost    one round trip each; createMany one for all
 */

import type { JobType, Lane } from './catalogue.ts';
import type { EndedState, Job, JobError, JobState } from './job.ts';

export interface JobStore {
  /** Writes rows that are not there yet; each is either `scheduled` (with runAt) or `queued`, and on watch from `watchAt`. */
  createMany(rows: readonly NewJob[]): Promise<readonly Creation[]>;
  /** Their messages are on the way: the watch moves from the instant it had to a later one, where nothing else moved it. */
  confirmMany(confirmations: readonly Confirmation[]): Promise<void>;
  claim(id: string, asked: ClaimOptions): Promise<Claim>;
  /** Never backwards, never after the end. */
  progress(id: string, step: ProgressStep): Promise<Standing>;
  /** What the row says to whoever holds it: shall it go on? */
  standings(held: readonly Held[]): Promise<readonly Standing[]>;
  /** `refused` when the attempt is no longer the holder's to end. */
  end(id: string, ending: Ending): Promise<EndReply>;
  cancel(id: string, now: number): Promise<CancelReply>;
  /** Dead, cancelled and failed jobs begin anew, with all their attempts. */
  retry(id: string, options: { readonly now: number; readonly watchAt: number }): Promise<RetryReply>;
  /** A job whose watch is due; the watch moves on, so that two who look do not both act. */
  takeOverdue(options: OverdueOptions): Promise<readonly Overdue[]>;
  /** Nothing is left to be done for it. */
  unwatch(id: string): Promise<void>;

  get(id: string): Promise<Job | null>;
  /** Newest first. */
  list(filter: ListFilter): Promise<JobPage>;
  counts(types: readonly JobType[]): Promise<ReadonlyMap<JobType, StateCounts>>;

  /** What became of an effect for the outside that an earlier attempt began. */
  beginEffect(id: string, key: string): Promise<BegunEffect>;
  completeEffect(id: string, key: string, result: string): Promise<void>;

  /** Whether this Redis may drop rows by itself when its memory is full. */
  evicts(): Promise<Eviction>;
  /** Removes from the lists what has gone; returns how many. */
  prune(types: readonly JobType[], limit: number): Promise<number>;
}

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
  | { readonly kind: 'mismatch'; readonly job: Job };

export interface Confirmation {
  readonly id: string;
  readonly from: number;
  readonly to: number;
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
  | { readonly kind: 'capped'; readonly tenant: string; readonly lane: Lane }
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
  | { readonly kind: 'failed'; readonly nextAttemptAt: number; readonly error: JobError }
  | { readonly kind: 'dead'; readonly error: JobError }
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
