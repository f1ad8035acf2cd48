/**
 * What AWS has to be told so that a person's override holds, and so that all is as it was when it is over.
 *
 * Bounds that a schedule has set are left alone while there is no override, and come back after one. Those that a deployment sets
 * during one are what comes back.
 *
 * Shape   what AWS has, override, what was before it -> nothing | bounds to register
 * Errors  none (total)
 */

import { type AppliedBounds, type Bounds, boundsFor, type ScalingOverride } from './override.ts';

export interface ApplyInput {
  /** As AWS has it. */
  readonly current: AppliedBounds;
  readonly override: ScalingOverride | undefined;
  /** The bounds of the rules. */
  readonly bounds: Bounds;
  /** Those that an override took the place of. */
  readonly before: Bounds | undefined;
}

export interface Applying {
  /** Undefined: AWS has it already. */
  readonly register: AppliedBounds | undefined;
  /** To be remembered until the override is over. */
  readonly before: Bounds | undefined;
}

export function decideApply({ current, override, bounds, before }: ApplyInput, now: number): Applying {
  const wanted = boundsFor(override, bounds, now);
  const { min, max } = current;
  // An override is one number: where there are two, they were set by somebody else since.
  const isOurs = current.isSuspended && min === max;
  const kept = isOurs ? before : { min, max };
  if (!wanted.isSuspended) {
    if (!current.isSuspended) return { register: undefined, before: undefined };
    return { register: { ...(kept ?? bounds), isSuspended: false }, before: undefined };
  }
  const isSame = current.isSuspended && min === wanted.min && max === wanted.max;
  return { register: isSame ? undefined : wanted, before: kept };
}
