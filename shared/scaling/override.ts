/**
 * A person's word that wins over the rules for a while: so many of a target, until then.
 *
 * It stands where no stack owns it, so that no deployment takes it away; who applies it leaves it alone once its time has
 * come, so that it ends though nobody takes it back.
 *
 * Shape   '{"count":6,"until":…,"by":"…"}' <-> ScalingOverride; override, bounds, now -> what AWS is told
 * Units   instants epoch ms
 * Errors  none: a text that is none of ours is undefined
 */

export interface ScalingOverride {
  readonly count: number;
  readonly until: number;
  /** Who, and why: for whoever finds it. */
  readonly by: string;
  readonly reason?: string | undefined;
}

export interface Bounds {
  readonly min: number;
  readonly max: number;
}

/** Registered so, a target has this many and no policy acts on it; or it is left to its policies. */
export interface AppliedBounds extends Bounds {
  readonly isSuspended: boolean;
}

/** Nobody means to turn scaling off for good: that is what rules are for. */
export const LONGEST_OVERRIDE_MS = 7 * 86_400_000;
const LONGEST_TEXT = 200;

export function isInForce({ until }: Pick<ScalingOverride, 'until'>, now: number): boolean {
  return now < until;
}

/** Undefined: nothing is wrong. */
export function refuseOverride(
  { count, until }: Pick<ScalingOverride, 'count' | 'until'>,
  { min, max }: Bounds,
  now: number,
): { readonly field: 'count' | 'until'; readonly words: string } | undefined {
  if (!Number.isInteger(count) || count < min || count > max)
    return { field: 'count', words: `must be a whole number from ${min} to ${max}, the bounds of the rules` };
  if (until <= now) return { field: 'until', words: 'must be later than now' };
  return until - now > LONGEST_OVERRIDE_MS
    ? { field: 'until', words: 'must be within seven days' }
    : undefined;
}

export function boundsFor(
  override: ScalingOverride | undefined,
  { min, max }: Bounds,
  now: number,
): AppliedBounds {
  if (!override || !isInForce(override, now)) return { min, max, isSuspended: false };
  const count = Math.min(max, Math.max(min, override.count));
  return { min: count, max: count, isSuspended: true };
}

export function formatOverride({ count, until, by, reason }: ScalingOverride): string {
  const said = {
    count,
    until,
    by: by.slice(0, LONGEST_TEXT),
    ...(reason && { reason: reason.slice(0, LONGEST_TEXT) }),
  };
  return JSON.stringify(said);
}

export function parseOverride(text: string): ScalingOverride | undefined {
  const read = parseJson(text);
  if (typeof read !== 'object' || read === null) return undefined;
  const { count, until, by, reason } = read as Record<string, unknown>;
  if (!Number.isInteger(count) || (count as number) < 0 || !Number.isFinite(until)) return undefined;
  return {
    count: count as number,
    until: until as number,
    by: typeof by === 'string' ? by : 'unknown',
    ...(typeof reason === 'string' && { reason }),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
