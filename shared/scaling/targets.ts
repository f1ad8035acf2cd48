/**
 * What is scaled, by name, as headrace.config.ts has it: with which rules, and what Application Auto Scaling calls it.
 *
 * Shape   { web: { arn, rules?, schedules? } } -> targets | problems, each with the path of the field
 * Errors  none (total)
 */

import { placeOfArn, type ScalablePlace } from './place.ts';
import { planPolicies } from './policies.ts';
import { DEFAULT_ECS_RULES, DEFAULT_LAMBDA_RULES, type ScalingRule, type ScalingSchedule } from './rule.ts';
import { validateRules } from './validate-rules.ts';

export interface GivenTarget {
  readonly arn: string;
  /** @default those of its kind in shared/scaling/rule.ts */
  readonly rules?: readonly ScalingRule[] | undefined;
  readonly schedules?: readonly ScalingSchedule[] | undefined;
}

export interface ScalingTarget {
  readonly name: string;
  readonly place: ScalablePlace;
  readonly rules: readonly ScalingRule[];
  readonly schedules: readonly ScalingSchedule[];
}

export interface TargetProblem {
  readonly path: readonly string[];
  readonly sentence: string;
}

export function targetsOf(given: Readonly<Record<string, GivenTarget>>): readonly ScalingTarget[] {
  return Object.entries(given).map(([name, { arn, rules, schedules = [] }]) => {
    const place = placeOfArn(arn, `scaling.${name}.arn`);
    return { name, place, rules: rules ?? DEFAULTS[place.kind], schedules };
  });
}

/** All that `targetsOf` would throw for, and all that its rules' bounds or AWS refuse. */
export function problemsOf(given: Readonly<Record<string, GivenTarget>>): readonly TargetProblem[] {
  const names = new Map<string, string>();
  return Object.entries(given).flatMap(([name, target]): TargetProblem[] => {
    const read = readOne(name, target);
    if (!read.ok) return [{ path: [name, 'arn'], sentence: read.sentence }];
    const { place, rules, schedules } = read.target;
    // AWS knows one target of a resource: of two, each deployment would take away what the other says.
    const twin = names.get(place.resourceId);
    if (twin !== undefined)
      return [{ path: [name, 'arn'], sentence: `scaling.${name}.arn is that of scaling.${twin}` }];
    names.set(place.resourceId, name);
    if (rules.length === 0) return [{ path: [name, 'rules'], sentence: 'must have a rule' }];
    const found = [...validateRules(rules, schedules), ...planPolicies(place.kind, rules).problems];
    return found.map(({ rule, field, sentence }) => ({ path: [name, rule, field], sentence }));
  });
}

const DEFAULTS = { ecs: DEFAULT_ECS_RULES, lambda: DEFAULT_LAMBDA_RULES } as const;

function readOne(name: string, target: GivenTarget) {
  try {
    const [read] = targetsOf({ [name]: target }) as readonly [ScalingTarget];
    return { ok: true, target: read } as const;
  } catch (error) {
    return { ok: false, sentence: error instanceof Error ? error.message : String(error) } as const;
  }
}
