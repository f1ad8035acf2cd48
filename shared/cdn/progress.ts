/**
 * How far an invalidation has come at one CDN: what a job that was killed goes on from, and what its row tells.
 *
 * Units   instants epoch ms
 * Errors  ProgressStore: RedisUnavailable, and nothing is sent without it
 * Cost    one round trip each; load for all CDNs
 */

import type { KnownUrls } from './plan/plan-invalidation.ts';

export interface CdnProgress {
  /** Of the plan it belongs to: what was done of another plan is done again under new references. */
  readonly plan: string;
  /** The attempt that wrote it. */
  readonly attempt: number;
  /** Calls before this one have been sent. */
  readonly next: number;
  /** Calls before `next` that have to be sent again. */
  readonly again: readonly number[];
  /** Calls that the CDN refused: sent again only when a person asks for it. */
  readonly refused: readonly number[];
  /** Halves of calls that were refused whole, numbered from where the plan's calls end. */
  readonly parts?: readonly Part[];
  /** Accepted, and not known to have completed; only where somebody has to know. */
  readonly pending: readonly { readonly call: number; readonly id: string }[];
  /** Requests that were sent, questions after their state not counted. */
  readonly requests: number;
  /** Of them, those that repeated one. */
  readonly repeated: number;
  /** Operations that were accepted and then failed: what is sent from then on is a new request to who remembers requests. */
  readonly undone?: number;
  /** Items that were accepted. */
  readonly items: number;
  /** When something was accepted last. */
  readonly movedAt: number;
  /** The last few. */
  readonly errors: readonly { readonly code: string; readonly message: string }[];
}

/** Some of a call's targets. */
export interface Part {
  readonly call: number;
  readonly from: number;
  readonly to: number;
}

export interface ProgressStore {
  load(job: string): Promise<ReadonlyMap<string, CdnProgress>>;
  save(job: string, cdn: string, progress: CdnProgress): Promise<void>;
  /** What the index knew when the job began: looked up again, it would be another plan at every return. */
  loadKnown(job: string): Promise<KnownUrls | undefined>;
  /** Kept if it can be: what is too large for the store is looked up again. */
  saveKnown(job: string, known: KnownUrls): Promise<void>;
}

const MOST_ERRORS = 5;

/** What passes by itself: of a call that was taken in the end it is history. */
const PASSING = new Set([
  'CDN_BUSY',
  'CDN_THROTTLED',
  'CDN_UNAVAILABLE',
  'CDN_UNREACHABLE',
  'CDN_OPERATION_FAILED',
  'CDN_STATE_UNKNOWN',
]);

export function isPassing({ code }: { readonly code: string }): boolean {
  return PASSING.has(code);
}

export function newProgress(plan: string, now: number): CdnProgress {
  const none = { again: [], refused: [], pending: [], errors: [] };
  return { plan, attempt: 1, next: 0, ...none, requests: 0, repeated: 0, items: 0, movedAt: now };
}

/** The CDN took it and then did not do it: told under its old reference, it would only repeat that. */
export function withFailedOperation(progress: CdnProgress, message: string): CdnProgress {
  const undone = (progress.undone ?? 0) + 1;
  return withError({ ...progress, undone }, { code: 'CDN_OPERATION_FAILED', message });
}

export function withError(
  progress: CdnProgress,
  { code, message }: { readonly code: string; readonly message: string },
): CdnProgress {
  const last = progress.errors.at(-1);
  if (last?.code === code && last.message === message) return progress;
  const errors = progress.errors.filter(error => error.code !== code || error.message !== message);
  return { ...progress, errors: [...errors, { code, message }].slice(-MOST_ERRORS) };
}
