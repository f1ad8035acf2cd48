/**
 * What a call's outcome makes of the progress.
 *
 * Shape   progress, call and its outcome -> progress
 * Errors  none (total)
 */

import type { InvalidationPlan } from '../plan/plan-invalidation.ts';
import { type CdnProgress, withError, withFailedOperation } from '../progress.ts';
import type { CdnCall, SendOutcome } from '../provider.ts';
import { identify } from '../target.ts';
import { halvesOf } from './parts.ts';

export interface SentCall {
  readonly at: number;
  readonly call: CdnCall;
  readonly plan: Pick<InvalidationPlan, 'calls'>;
  readonly outcome: SendOutcome;
  /** Whether somebody has to know when it completes. */
  readonly isFollowed: boolean;
  readonly now: number;
}

type Failure = SendOutcome & { readonly kind: 'refused' };

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
      return refused(past(counted, at), sent, outcome);
    }
    case 'busy':
      return withError(counted, { code: 'CDN_BUSY', message: outcome.message });
    case 'throttled':
      return withError(counted, { code: 'CDN_THROTTLED', message: outcome.message });
  }
}

function refused(progress: CdnProgress, sent: SentCall, { code, message }: Failure): CdnProgress {
  const { at, call, plan } = sent;
  const halves = halvesOf(at, plan, progress);
  if (halves.length === 0) {
    const [target] = call.targets;
    const about = at >= plan.calls.length && target ? `${identify(target)}: ` : '';
    const told = { code, message: (about + message).slice(0, 300) };
    return withError({ ...progress, refused: [...progress.refused, at] }, told);
  }
  const { parts = [], again } = progress;
  const first = plan.calls.length + parts.length;
  return { ...progress, parts: [...parts, ...halves], again: [...again, first, first + 1] };
}

/** A half is always one of those to be sent again. */
function past(progress: CdnProgress, at: number): CdnProgress {
  if (progress.again.includes(at)) return { ...progress, again: without(progress.again, at) };
  return { ...progress, next: Math.max(progress.next, at + 1) };
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
