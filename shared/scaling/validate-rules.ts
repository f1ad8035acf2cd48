/**
 * Says what is wrong with the rules of one target, before anything is drawn or decided by them: by rule and field.
 *
 * Shape   rules, schedules -> problems; none means they can be used
 * Errors  none (total)
 * Source  Application Auto Scaling User Guide, "Scaling cooldowns"; the gap between opposed rules is our own bound
 */

import { refuseCron } from './cron.ts';
import {
  ACTIONS,
  isHigh,
  OPERATORS,
  SCALING_METRICS,
  type ScalingRule,
  type ScalingSchedule,
} from './rule.ts';

export interface RuleProblem {
  readonly rule: string;
  readonly field: keyof ScalingRule | keyof ScalingSchedule;
  /** Names rule and field, the value and the bound. */
  readonly sentence: string;
}

/** Between what adds and what takes away: one step of the smallest target, from two to three, changes the load by a third. */
export const LARGEST_SHARE = 0.75;
/** What AWS measures by the minute cannot be acted on sooner. */
const SHORTEST_COOLDOWN_MS = 60_000;
const LONGEST_COOLDOWN_MS = 86_400_000;
const MOST_CAPACITY = 10_000;
const ID = /^[a-z][a-z0-9-]{0,63}$/;

export function validateRules(
  rules: readonly ScalingRule[],
  schedules: readonly ScalingSchedule[] = [],
): readonly RuleProblem[] {
  return [
    ...rules.flatMap(validateRule),
    ...schedules.flatMap(validateSchedule),
    ...validateIds([...rules, ...schedules]),
    ...validateTogether(rules),
  ];
}

function validateRule(rule: ScalingRule): readonly RuleProblem[] {
  const { metric, operator, threshold, action, cooldownMs, min, max, amount } = rule;
  const say = problemOf(rule.id);
  const known = Object.hasOwn(SCALING_METRICS, metric) ? SCALING_METRICS[metric] : undefined;
  if (!known) return [say('metric', `is ${metric}, not one of ${Object.keys(SCALING_METRICS).join(', ')}`)];
  return [
    !OPERATORS.includes(operator) && say('operator', `is ${operator}, not one of ${OPERATORS.join(' ')}`),
    !ACTIONS.includes(action) && say('action', `is ${action}, not one of ${ACTIONS.join(', ')}`),
    !isWithin(threshold, known.least, known.most) &&
      say('threshold', `is ${threshold}, not from ${known.least} to ${known.most} ${known.unit}`),
    !isWithin(cooldownMs, SHORTEST_COOLDOWN_MS, LONGEST_COOLDOWN_MS) &&
      say('cooldownMs', `is ${cooldownMs}, not from ${SHORTEST_COOLDOWN_MS} to ${LONGEST_COOLDOWN_MS}`),
    cooldownMs % 1_000 !== 0 && say('cooldownMs', `is ${cooldownMs}, not in whole seconds`),
    ...validateBounds(rule),
    !(Number.isInteger(amount) && amount >= 1 && amount <= Math.max(1, max - min)) &&
      say('amount', `is ${amount}, not a whole number from 1 to max − min, which is ${max - min}`),
    action === 'scale-up' &&
      !isHigh(rule) &&
      say('operator', `is ${operator}, but more is added when ${metric} is high`),
    action === 'scale-down' &&
      isHigh(rule) &&
      say('operator', `is ${operator}, but less is needed when ${metric} is low`),
  ].filter(problem => problem !== false);
}

function validateSchedule(schedule: ScalingSchedule): readonly RuleProblem[] {
  const refusal = refuseCron(schedule.cron);
  const cron = refusal && problemOf(schedule.id)('cron', `is '${schedule.cron}', which ${refusal}`);
  return [...validateBounds(schedule), ...(cron ? [cron] : [])];
}

function validateBounds({ id, min, max }: Pick<ScalingRule, 'id' | 'min' | 'max'>): RuleProblem[] {
  const say = problemOf(id);
  const isCount = (value: number) => Number.isInteger(value) && isWithin(value, 0, MOST_CAPACITY);
  if (!isCount(min)) return [say('min', `is ${min}, not a whole number from 0 to ${MOST_CAPACITY}`)];
  if (!isCount(max) || max < 1)
    return [say('max', `is ${max}, not a whole number from 1 to ${MOST_CAPACITY}`)];
  return min > max ? [say('min', `is ${min}, more than max, which is ${max}`)] : [];
}

function validateIds(all: readonly { readonly id: string }[]): readonly RuleProblem[] {
  const ids = all.map(({ id }) => id);
  return ids.flatMap((id, at) => {
    if (!ID.test(id))
      return [problemOf(id)('id', 'is not lower-case letters, digits and -, starting with a letter')];
    return ids.indexOf(id) < at ? [problemOf(id)('id', 'is there twice')] : [];
  });
}

/** A target has one pair of bounds, and what two rules of it say must not contradict. */
function validateTogether(rules: readonly ScalingRule[]): readonly RuleProblem[] {
  const [first] = rules;
  return rules.flatMap((rule, at) => {
    const say = problemOf(rule.id);
    const twin = rules.slice(0, at).find(one => one.metric === rule.metric && one.action === rule.action);
    const opposed = rules.find(one => one.metric === rule.metric && one.action === 'scale-up');
    const isClose =
      rule.action === 'scale-down' && opposed && rule.threshold >= LARGEST_SHARE * opposed.threshold;
    return [
      rule.min !== first?.min &&
        say('min', `is ${rule.min}, but ${first?.id} of the same target has ${first?.min}`),
      rule.max !== first?.max &&
        say('max', `is ${rule.max}, but ${first?.id} of the same target has ${first?.max}`),
      twin &&
        rule.action !== 'alert' &&
        say('metric', `is ${rule.metric}, which ${twin.id} already ${rule.action}s by`),
      isClose && say('threshold', tooClose(rule, opposed)),
    ].filter(problem => problem !== false && problem !== undefined);
  });
}

function tooClose({ threshold }: ScalingRule, up: ScalingRule): string {
  const most = LARGEST_SHARE * up.threshold;
  return `is ${threshold}, too close to ${up.id} at ${up.threshold}: below ${most} they do not undo each other`;
}

export function problemOf(rule: string) {
  return (field: RuleProblem['field'], says: string): RuleProblem => ({
    rule,
    field,
    sentence: `scaling rule ${rule}: ${field} ${says}`,
  });
}

function isWithin(value: number, least: number, most: number): boolean {
  return Number.isFinite(value) && value >= least && value <= most;
}
