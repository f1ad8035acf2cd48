/**
 * What a call's outcome makes of the progress.
 *
 * Shape   progress, call and its outcome -> progress
 * Errors  none (total)
 */

import { type CdnProgress, withError, withFailedOperation } from '../progress.ts';
import type { CdnCall, SendOutcome } from '../provider.ts';

export interface SentCall {
  readonly at: number;
  readonly call: CdnCall;
  readonly outcome: SendOutcome;
  /** Whether somebody has to know when it completes. */
  readonly isFollowed: boolean;
  readonly now: number;
}

export function applyOutcome(before: CdnProgress, sent: SentCall): CdnProgress {
  const { at, outcome } = sent;
  const wasSent = at < before.next || before.again.includes(at);
  const counted = {
    ...before,
    requests: before.requests + 1,
    repeated: before.repeated + (wasSent ? 1 : 0),
  };
  switch (outcome.kind) {
    case 'accepted':
      return accepted(past(counted, at), sent, outcome);
    case 'failed': {
      const toSend = { ...past(counted, at), again: [...without(before.again, at), at] };
      return outcome.code === 'CDN_OPERATION_FAILED'
        ? withFailedOperation(toSend, outcome.message)
        : withError(toSend, outcome);
    }
    case 'refused': {
      // Where the CDN wants nothing at all, its calls stay as they were: somebody may give it other credentials.
      if (outcome.concerns === 'cdn') return withError(counted, outcome);
      return withError({ ...past(counted, at), refused: [...before.refused, at] }, outcome);
    }
    case 'busy':
      return withError(counted, { code: 'CDN_BUSY', message: outcome.message });
    case 'throttled':
      return withError(counted, { code: 'CDN_THROTTLED', message: outcome.message });
  }
}

function past(progress: CdnProgress, at: number): CdnProgress {
  return { ...progress, next: Math.max(progress.next, at + 1), again: without(progress.again, at) };
}

function accepted(
  progress: CdnProgress,
  { at, call, isFollowed, now }: SentCall,
  { id, done }: SendOutcome & { readonly kind: 'accepted' },
): CdnProgress {
  const pending = isFollowed && !done ? [...progress.pending, { call: at, id }] : progress.pending;
  return { ...progress, pending, items: progress.items + call.targets.length, movedAt: now };
}

function without(calls: readonly number[], at: number): readonly number[] {
  return calls.filter(call => call !== at);
}
