/**
 * Decides by its rules how many there should be of one target, from what was measured: what AWS does with the policies that
 * are drawn of the same rules, for a dry run and for whoever scales by himself.
 *
 * One rule that wants more is enough; less is wanted only where every rule that may take away agrees, and none wants more.
 *
 * Shape   rules, readings, state, now -> Decision
 * Units   instants epoch ms
 * Errors  none (total) for rules that `validateRules` finds nothing wrong with
 */

import { isInForce, type ScalingOverride } from './override.ts';
import { isMet, type ScalingMetric, type ScalingRule } from './rule.ts';

/** Absent: nothing was measured. A rule without its reading does nothing. */
export type Readings = Readonly<Partial<Record<ScalingMetric, number>>>;

export interface ScalingState {
  readonly count: number;
  /** Of the last action, whichever; absent: there was none. */
  readonly lastActionAt?: number | undefined;
  readonly override?: ScalingOverride | undefined;
}

export interface Decision {
  readonly from: number;
  readonly to: number;
  readonly why: 'rule' | 'bounds' | 'override' | 'cooldown' | 'at-max' | 'at-min' | 'nothing-met';
  /** Those that were met, whatever became of it. */
  readonly met: readonly string[];
  /** Of these, such as only tell somebody. */
  readonly alerts: readonly string[];
  /** For `cooldown`: from when on it would act. */
  readonly waitsUntil?: number;
}

export function evaluateRules(
  rules: readonly ScalingRule[],
  readings: Readings,
  { state, now }: { readonly state: ScalingState; readonly now: number },
): Decision {
  const met = rules.filter(rule => isReadingMet(rule, readings));
  const alerts = idsOf(met.filter(({ action }) => action === 'alert'));
  const told = { from: state.count, met: idsOf(met), alerts };
  const to = clamp(state.count, rules);
  const { override } = state;
  if (override && isInForce(override, now))
    return { ...told, to: clamp(override.count, rules), why: 'override' };
  // What lies outside its bounds is brought back at once, as AWS does when bounds change.
  if (to !== state.count) return { ...told, to, why: 'bounds' };
  const acting = actingRule(rules, { met, readings });
  if (!acting) return { ...told, to, why: 'nothing-met' };
  return { ...told, ...act(acting, state, now) };
}

function act(
  rule: ScalingRule,
  { count, lastActionAt }: ScalingState,
  now: number,
): Pick<Decision, 'to' | 'why' | 'waitsUntil'> {
  const isUp = rule.action === 'scale-up';
  const to = isUp ? Math.min(rule.max, count + rule.amount) : Math.max(rule.min, count - rule.amount);
  if (to === count) return { to, why: isUp ? 'at-max' : 'at-min' };
  const waitsUntil = lastActionAt === undefined ? now : lastActionAt + rule.cooldownMs;
  return now < waitsUntil ? { to: count, why: 'cooldown', waitsUntil } : { to, why: 'rule' };
}

/** Of several that want more, the one that adds most; of those that want less, the one that takes least. */
function actingRule(
  rules: readonly ScalingRule[],
  { met, readings }: { readonly met: readonly ScalingRule[]; readonly readings: Readings },
): ScalingRule | undefined {
  const byAmount = (a: ScalingRule, b: ScalingRule) => a.amount - b.amount;
  const up = met.filter(({ action }) => action === 'scale-up').sort(byAmount);
  if (up.length > 0) return up.at(-1);
  const down = rules.filter(
    ({ action, metric }) => action === 'scale-down' && readings[metric] !== undefined,
  );
  const agree = down.length > 0 && down.every(rule => met.includes(rule));
  return agree ? down.sort(byAmount)[0] : undefined;
}

function isReadingMet(rule: ScalingRule, readings: Readings): boolean {
  const value = readings[rule.metric];
  return value !== undefined && isMet(rule, value);
}

function clamp(count: number, [first]: readonly ScalingRule[]): number {
  return first ? Math.min(first.max, Math.max(first.min, count)) : count;
}

function idsOf(rules: readonly ScalingRule[]): readonly string[] {
  return rules.map(({ id }) => id);
}
