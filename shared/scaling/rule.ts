/**
 * Scaling rules as data: when a target gets more or less of itself, how much at once, and within which bounds.
 *
 * Shape   {id, metric, operator, threshold, action, cooldownMs, min, max, amount}
 * Units   thresholds in the metric's own unit (SCALING_METRICS); durations in ms
 */

/** What a rule may look at. All of them grow with load: more of any means that more is needed. */
export const SCALING_METRICS = {
  cpu: { unit: 'percent', least: 1, most: 100 },
  memory: { unit: 'percent', least: 1, most: 100 },
  /** p95 of what origins took to begin their answers, as the edge sees it. */
  'response-time': { unit: 'ms', least: 1, most: 600_000 },
  /** Messages that wait. */
  'queue-length': { unit: 'messages', least: 1, most: 10_000_000 },
  /** Of a function's provisioned concurrency, the share in use; AWS takes 10 to 90. */
  utilization: { unit: 'percent', least: 10, most: 90 },
} as const;

export type ScalingMetric = keyof typeof SCALING_METRICS;

export const OPERATORS = ['>', '>=', '<', '<='] as const;
export type Operator = (typeof OPERATORS)[number];

export const ACTIONS = ['scale-up', 'scale-down', 'alert'] as const;
export type ScalingAction = (typeof ACTIONS)[number];

export interface ScalingRule {
  /** Names the policy and the alarm that are drawn of it. */
  readonly id: string;
  readonly metric: ScalingMetric;
  readonly operator: Operator;
  readonly threshold: number;
  readonly action: ScalingAction;
  /** How long after any action of the target this one waits. */
  readonly cooldownMs: number;
  /** Of the target; the same for all of its rules. */
  readonly min: number;
  readonly max: number;
  /** What one action adds or takes away. Target tracking chooses for itself. */
  readonly amount: number;
  /** How AWS is told. @default 'target-tracking' for cpu, memory and utilization, else 'step' */
  readonly policy?: 'target-tracking' | 'step';
}

/** Sets the bounds at certain times: more before the shop opens, less at night. */
export interface ScalingSchedule {
  readonly id: string;
  /** As EventBridge has it, in UTC: minutes hours day-of-month month day-of-week year. */
  readonly cron: string;
  readonly min: number;
  readonly max: number;
}

export type TargetKind = 'ecs' | 'lambda';

const BOUNDS = { cooldownMs: 300_000, min: 2, max: 10, amount: 1 } as const;

/** Each pair leaves a gap, so that what one adds the other does not take away at once. */
export const DEFAULT_ECS_RULES: readonly ScalingRule[] = [
  { id: 'cpu-high', metric: 'cpu', operator: '>', threshold: 70, action: 'scale-up', ...BOUNDS },
  { id: 'cpu-low', metric: 'cpu', operator: '<', threshold: 35, action: 'scale-down', ...BOUNDS },
  { id: 'memory-high', metric: 'memory', operator: '>', threshold: 80, action: 'scale-up', ...BOUNDS },
  { id: 'memory-low', metric: 'memory', operator: '<', threshold: 50, action: 'scale-down', ...BOUNDS },
  { id: 'slow', metric: 'response-time', operator: '>', threshold: 2_000, action: 'scale-up', ...BOUNDS },
];

/** Provisioned concurrency follows what is used of it, and nothing else: AWS takes no other rule for a function. */
export const DEFAULT_LAMBDA_RULES: readonly ScalingRule[] = [
  { id: 'busy', metric: 'utilization', operator: '>', threshold: 70, action: 'scale-up', ...BOUNDS },
  { id: 'idle', metric: 'utilization', operator: '<', threshold: 40, action: 'scale-down', ...BOUNDS },
];

export function isHigh({ operator }: Pick<ScalingRule, 'operator'>): boolean {
  return operator === '>' || operator === '>=';
}

export function isMet({ operator, threshold }: Pick<ScalingRule, 'operator' | 'threshold'>, value: number) {
  if (operator === '>') return value > threshold;
  if (operator === '>=') return value >= threshold;
  return operator === '<' ? value < threshold : value <= threshold;
}
