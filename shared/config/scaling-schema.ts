/**
 * What `scaling` of headrace.config.ts may say: by name, what is scaled, and by which rules.
 *
 * Units   as the rules: ms, and each metric's own unit
 * Errors  a rule that contradicts itself, another, or AWS is an issue at its own path
 */

import * as z from 'zod/mini';
import { lazy } from '../primitives/lazy.ts';
import { ACTIONS, OPERATORS, SCALING_METRICS, type ScalingMetric } from '../scaling/rule.ts';
import { type GivenTarget, problemsOf } from '../scaling/targets.ts';

const METRICS = Object.keys(SCALING_METRICS) as [ScalingMetric, ...ScalingMetric[]];

const rule = lazy(() =>
  z.strictObject({
    id: z.string(),
    metric: z.enum(METRICS),
    operator: z.enum(OPERATORS),
    threshold: z.number(),
    action: z.enum(ACTIONS),
    /** How long after any action of the target this one waits. */
    cooldownMs: z.number(),
    min: z.number(),
    max: z.number(),
    /** What one action adds or takes away. */
    amount: z.number(),
    policy: z.exactOptional(z.enum(['target-tracking', 'step'])),
  }),
);

const target = lazy(() =>
  z.strictObject({
    /** Of an ECS service with its cluster, or of a Lambda alias. */
    arn: z.string(),
    /** @default those of its kind: shared/scaling/rule.ts */
    rules: z.optional(z.array(z.lazy(rule))),
    /** Sets the bounds at certain times, in UTC. */
    schedules: z.optional(
      z.array(z.strictObject({ id: z.string(), cron: z.string(), min: z.number(), max: z.number() })),
    ),
  }),
);

export const scalingSchema = lazy(() =>
  z
    .record(
      z.string().check(z.regex(/^[a-z][a-z0-9-]{0,31}$/, 'must be lower-case letters, digits or -')),
      z.lazy(target),
    )
    .check(z.superRefine(checkTargets)),
);

function checkTargets(targets: Readonly<Record<string, GivenTarget>>, context: z.core.$RefinementCtx): void {
  for (const { path, sentence } of problemsOf(targets))
    context.addIssue({ code: 'custom', path: [...path], message: `is wrong: ${sentence}`, input: targets });
}
