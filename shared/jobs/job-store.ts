/**
 * The port to the rows of all jobs. Every move is one conditional step: it happens whole, or the row says why it may not.
 *
 * A row is written before its message is sent, and each row that is under way is on watch: at `watchAt` somebody looks
 * whether what should have happened did, and sends again what was lost. So a job that was accepted is never lost, and none
 * stays `running` for ever.
 *
 * Units   instants epoch ms, durations ms
 * Errors  rejects with RedisUnavailable when nothing is known about what became of the move; asking again is safe
 * Cost    one round trip each; createMany one for a hundred rows
 */

import type { JobType } from './catalogue.ts';
import type { Job } from './job.ts';
import type {
  BegunEffect,
  CancelReply,
  Claim,
  ClaimOptions,
  Confirmation,
  Creation,
  Ending,
  EndReply,
  Eviction,
  Held,
  JobPage,
  ListFilter,
  NewJob,
  Overdue,
  OverdueOptions,
  ProgressStep,
  RetryReply,
  Standing,
  StateCounts,
} from './moves.ts';

export type * from './moves.ts';

export interface JobStore {
  /** Writes rows that are not there yet, each for itself; each is either `scheduled` (with runAt) or `queued`, and on watch from `watchAt`. */
  createMany(rows: readonly NewJob[]): Promise<readonly Creation[]>;
  /** What was to be done is done: the watch moves from the instant it had to a later one, where nothing else moved it. */
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

  get(id: string): Promise<Job | null>;
  /** Newest first. */
  list(filter: ListFilter): Promise<JobPage>;
  counts(types: readonly JobType[]): Promise<ReadonlyMap<JobType, StateCounts>>;

  /** What became of an effect for the outside that an earlier attempt began. */
  beginEffect(id: string, key: string): Promise<BegunEffect>;
  completeEffect(id: string, key: string, result: string): Promise<void>;

  /** Whether this Redis may drop rows by itself when its memory is full. */
  evicts(): Promise<Eviction>;
  /** Removes from the lists what has gone: of each at most so many, and none that is too young to have; returns how many. */
  prune(
    types: readonly JobType[],
    options: { readonly now: number; readonly limit: number },
  ): Promise<number>;
}
