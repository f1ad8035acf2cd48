/**
 * A call that is refused may hold one item the CDN does not take, and many that it would: it is cut in halves, and they in turn,
 * until those items are by themselves.
 *
 * Shape   number -> the call: below the plan's length one of its calls, from there on a half of one
 * Errors  none (total)
 * Cost    for one such item among three thousand some twenty-four more calls; after so many cuts what is refused stays so whole
 */

import type { InvalidationPlan } from '../plan/plan-invalidation.ts';
import type { CdnProgress, Part } from '../progress.ts';
import type { CdnCall } from '../provider.ts';

type Plan = Pick<InvalidationPlan, 'calls'>;

const MOST_PARTS = 128;

export function callAt(at: number, { calls }: Plan, { parts = [] }: CdnProgress): CdnCall | undefined {
  if (at < calls.length) return calls[at];
  const part = parts[at - calls.length];
  const whole = part && calls[part.call];
  return whole && { ...whole, targets: whole.targets.slice(part.from, part.to) };
}

/** What tells a call from all others of its plan, whichever way it came to be. */
export function nameOfCall(at: number, { calls }: Plan, { parts = [] }: CdnProgress): string {
  const part = parts[at - calls.length];
  return part ? `${part.call}.${part.from}-${part.to}` : String(at);
}

/** Of the call `at`; none where it cannot be cut, or has been often enough. */
export function halvesOf(at: number, plan: Plan, progress: CdnProgress): readonly Part[] {
  const { parts = [] } = progress;
  const whole = parts[at - plan.calls.length] ?? {
    call: at,
    from: 0,
    to: plan.calls[at]?.targets.length ?? 0,
  };
  const { call, from, to } = whole;
  if (to - from < 2 || parts.length >= MOST_PARTS) return [];
  const middle = Math.ceil((from + to) / 2);
  return [
    { call, from, to: middle },
    { call, from: middle, to },
  ];
}

/** Both halves of a call count, and it does not. */
export function countCalls({ calls }: Plan, progress: CdnProgress): { planned: number; done: number } {
  const more = (progress.parts?.length ?? 0) / 2;
  const open = progress.again.length + progress.refused.length;
  return { planned: calls.length + more, done: progress.next + more - open };
}
