/**
 * What AWS is told of the rules of one target: target tracking, steps, or an alarm; and which rules it would refuse when they
 * are deployed, so that they are refused when they are drawn.
 *
 * Shape   kind, rules -> { policies, problems }
 * Units   thresholds in the metric's own unit; cooldowns in seconds, as AWS has them
 * Errors  none (total)
 * Source  Application Auto Scaling API Reference, PutScalingPolicy (StepScaling is not supported for Lambda);
 *         TargetTrackingScalingPolicyConfiguration (statistics other than Average, Minimum, Maximum, SampleCount, Sum are refused)
 */

import type { ScalingMetric, ScalingRule, TargetKind } from './rule.ts';
import { problemOf, type RuleProblem } from './validate-rules.ts';

export type PolicyPlan = TrackingPlan | StepPlan | AlarmPlan;

/** Two rules, one policy: AWS keeps the metric at the threshold of the first, and takes away only where there is a second. */
export interface TrackingPlan {
  readonly kind: 'target-tracking';
  readonly id: string;
  readonly metric: 'cpu' | 'memory' | 'utilization';
  readonly target: number;
  readonly scalesIn: boolean;
  readonly outCooldownSeconds: number;
  readonly inCooldownSeconds: number;
  /** The rules that it is made of. */
  readonly rules: readonly string[];
}

export interface StepPlan {
  readonly kind: 'step';
  readonly id: string;
  readonly metric: ScalingMetric;
  readonly up?: { readonly threshold: number; readonly amount: number };
  readonly down?: { readonly threshold: number; readonly amount: number };
  readonly cooldownSeconds: number;
  readonly rules: readonly string[];
}

export interface AlarmPlan {
  readonly kind: 'alarm';
  readonly id: string;
  readonly metric: ScalingMetric;
  readonly operator: ScalingRule['operator'];
  readonly threshold: number;
  readonly rules: readonly string[];
}

export interface ScalingPlan {
  readonly policies: readonly PolicyPlan[];
  readonly problems: readonly RuleProblem[];
}

const TRACKED: Readonly<Record<TargetKind, readonly ScalingMetric[]>> = {
  ecs: ['cpu', 'memory'],
  lambda: ['utilization'],
};

export function planPolicies(kind: TargetKind, rules: readonly ScalingRule[]): ScalingPlan {
  const alarms = rules.filter(({ action }) => action === 'alert').map(alarmOf);
  const scaling = rules.filter(({ action }) => action !== 'alert');
  const problems = scaling.flatMap(rule => refusalOf(kind, rule, scaling));
  if (problems.length > 0) return { policies: [], problems };
  const byMetric = Map.groupBy(scaling, ({ metric }) => metric);
  const policies = [...byMetric.values()].map(pair =>
    pair.every(rule => isTracked(kind, rule)) ? trackingOf(pair) : stepOf(pair),
  );
  return { policies: [...policies, ...alarms], problems };
}

function isTracked(kind: TargetKind, { metric, policy }: ScalingRule): boolean {
  return policy === 'target-tracking' || (policy === undefined && TRACKED[kind].includes(metric));
}

function refusalOf(kind: TargetKind, rule: ScalingRule, all: readonly ScalingRule[]): readonly RuleProblem[] {
  const { id, metric, action, policy } = rule;
  const say = (field: RuleProblem['field'], says: string) => [problemOf(id)(field, says)];
  if (kind === 'ecs' && metric === 'utilization')
    return say('metric', 'is utilization, which only the provisioned concurrency of a function has');
  if (kind === 'lambda' && !isTracked(kind, rule))
    return say(metric === 'utilization' ? 'policy' : 'metric', `${LAMBDA_STEPS} (this one is by ${metric})`);
  if (policy === 'target-tracking' && !TRACKED[kind].includes(metric))
    return say(
      'policy',
      `is target-tracking, which AWS refuses for ${metric}: it takes no percentile and no queue`,
    );
  const up = all.find(one => one.metric === metric && one.action === 'scale-up');
  if (action === 'scale-down' && isTracked(kind, rule) && !up)
    return say(
      'policy',
      `is target-tracking, which needs a rule that scales up by ${metric} too: say 'step', or add it`,
    );
  if (up && isTracked(kind, up) !== isTracked(kind, rule))
    return say('policy', `is not that of ${up.id}: two rules of one metric are one policy`);
  return [];
}

const LAMBDA_STEPS =
  'cannot be had: AWS scales provisioned concurrency by target tracking of utilization and on schedule, and refuses steps';

function trackingOf(pair: readonly ScalingRule[]): TrackingPlan {
  const up = pair.find(({ action }) => action === 'scale-up') as ScalingRule;
  const down = pair.find(({ action }) => action === 'scale-down');
  return {
    kind: 'target-tracking',
    id: up.id,
    metric: up.metric as TrackingPlan['metric'],
    target: up.threshold,
    scalesIn: down !== undefined,
    outCooldownSeconds: up.cooldownMs / 1_000,
    inCooldownSeconds: (down ?? up).cooldownMs / 1_000,
    rules: pair.map(({ id }) => id),
  };
}

function stepOf(pair: readonly ScalingRule[]): StepPlan {
  const [first] = pair as readonly [ScalingRule];
  const side = (action: ScalingRule['action']) => pair.find(one => one.action === action);
  const [up, down] = [side('scale-up'), side('scale-down')];
  return {
    kind: 'step',
    id: first.id,
    metric: first.metric,
    ...(up && { up: { threshold: up.threshold, amount: up.amount } }),
    ...(down && { down: { threshold: down.threshold, amount: down.amount } }),
    cooldownSeconds: Math.max(...pair.map(({ cooldownMs }) => cooldownMs)) / 1_000,
    rules: pair.map(({ id }) => id),
  };
}

function alarmOf({ id, metric, operator, threshold }: ScalingRule): AlarmPlan {
  return { kind: 'alarm', id, metric, operator, threshold, rules: [id] };
}
