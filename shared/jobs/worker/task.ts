/**
 * The function that does a job, and what it is given to do it with.
 *
 * Errors  whatever a task throws is a failed attempt; a PermanentError is the end at once
 */

import type { Clock } from '../../primitives/clock.ts';
import type { JobType } from '../catalogue.ts';
import type { Transaction } from '../once.ts';
import type { CheckedPayloads } from '../payloads.ts';

/** What it returns is kept as the job's result: plain JSON, up to 64 KB. */
export type Task<Type extends JobType> = (
  payload: CheckedPayloads[Type],
  context: TaskContext,
) => Promise<unknown>;

export type Tasks = { readonly [Type in JobType]?: Task<Type> };

export interface TaskContext {
  readonly id: string;
  readonly type: JobType;
  readonly tenant: string;
  /** 1 for the first. */
  readonly attempt: number;
  /** Aborts when the job is cancelled, when its time is up, and when it is no longer this attempt's: stop then. */
  readonly signal: AbortSignal;
  readonly clock: Clock;
  /** 0 to 100. Call it as often as you like: at most once a second something is written, and never a lower number. */
  progress(percent: number, message?: string): void;
  /** An effect in Postgres that must not happen twice. It does not, whatever crashes when. */
  once<Result>(key: string, effect: (transaction: Transaction) => Promise<Result>): Promise<Result>;
  /**
   * An effect in the world, which no transaction holds. What was done is not done again; what was begun by an attempt that
   * died is, with the same idempotency key: hand it on, and whoever gets it can tell.
   */
  outside<Result>(key: string, effect: (send: OutsideSend) => Promise<Result>): Promise<Result>;
  log(entry: object): void;
}

export interface OutsideSend {
  /** For the Idempotency-Key header, or what the other side calls it. */
  readonly idempotencyKey: string;
  /** It was begun before, and nobody knows how that ended. */
  readonly mayRepeat: boolean;
}
