/**
 * How many of a function each preset keeps ready, so that no picture waits for one to start; and the bounds of a service.
 *
 * Shape   preset -> rules of the image function's alias (none: it starts when it is asked), rules of a service
 */

import { DEFAULT_ECS_RULES, DEFAULT_LAMBDA_RULES, type ScalingRule } from './rule.ts';

export interface ScalingPreset {
  /** Empty: no concurrency is provisioned, and nothing is paid for while nobody asks. */
  readonly images: readonly ScalingRule[];
  readonly service: readonly ScalingRule[];
}

const bounded = (rules: readonly ScalingRule[], min: number, max: number): readonly ScalingRule[] =>
  rules.map(rule => ({ ...rule, min, max }));

export const SCALING: Readonly<Record<'development' | 'costOptimized' | 'highPerformance', ScalingPreset>> = {
  development: { images: [], service: bounded(DEFAULT_ECS_RULES, 1, 2) },
  costOptimized: { images: [], service: bounded(DEFAULT_ECS_RULES, 1, 6) },
  highPerformance: { images: DEFAULT_LAMBDA_RULES, service: DEFAULT_ECS_RULES },
};
