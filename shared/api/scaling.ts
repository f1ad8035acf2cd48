/**
 * What the routes of scaling take and answer.
 *
 * Units   instants epoch ms; durations ms; thresholds and readings in the metric's own unit
 */

import * as z from 'zod/mini';
import { lazy } from '../primitives/lazy.ts';
import { ACTIONS, OPERATORS, SCALING_METRICS, type ScalingMetric } from '../scaling/rule.ts';

const METRICS = Object.keys(SCALING_METRICS) as readonly ScalingMetric[];

/** A dry run: what would be decided if these were measured. */
export const SCALING_QUERY = lazy(() =>
  z.strictObject({
    ...Object.fromEntries(METRICS.map(metric => [metric, z.optional(numeric())])),
    count: z.optional(
      z
        .string()
        .check(
          z.regex(/^\d{1,5}$/, 'must be a whole number'),
          z.describe('How many there are in the dry run.'),
        ),
    ),
  }),
);

export const SCALING = lazy(() =>
  z.object({ at: z.int(), targets: z.array(target()).check(z.describe('As headrace.config.ts has them.')) }),
);

export const OVERRIDE_BODY = lazy(() =>
  z.strictObject({
    count: z
      .int('must be a whole number')
      .check(z.describe('So many of it, within the bounds of its rules.')),
    until: z
      .int('must be an instant in epoch ms')
      .check(z.describe('When the rules decide again; within seven days.')),
    by: z.string().check(z.minLength(1, 'must say who'), z.maxLength(200, 'must be at most 200 characters')),
    reason: z.exactOptional(z.string().check(z.maxLength(200, 'must be at most 200 characters'))),
  }),
);

export const OVERRIDDEN = lazy(() => z.object({ target: z.string(), override: override() }));
export const OVERRIDE_ENDED = lazy(() => z.object({ target: z.string(), ended: z.boolean() }));

export type Scaling = z.output<ReturnType<typeof SCALING>>;
export type ScaledTargetAnswer = Scaling['targets'][number];
export type OverrideBody = z.output<ReturnType<typeof OVERRIDE_BODY>>;

function numeric() {
  return z.string().check(z.regex(/^\d{1,9}(\.\d{1,3})?$/, 'must be a number'));
}

function target() {
  return z.object({
    name: z.string(),
    kind: z.enum(['ecs', 'lambda']),
    resource: z.string().check(z.describe('As Application Auto Scaling names it.')),
    rules: z.array(rule()),
    schedules: z.array(z.object({ id: z.string(), cron: z.string(), min: z.int(), max: z.int() })),
    override: z.nullable(override()),
    seen: z
      .nullable(seen())
      .check(z.describe('What AWS told last of it, once a minute; null where nobody has looked yet.')),
    dryRun: dryRun(),
  });
}

function rule() {
  return z.object({
    id: z.string(),
    metric: z.enum(METRICS),
    operator: z.enum(OPERATORS),
    threshold: z.number(),
    action: z.enum(ACTIONS),
    cooldownMs: z.int(),
    min: z.int(),
    max: z.int(),
    amount: z.int(),
    policy: z.exactOptional(z.enum(['target-tracking', 'step'])),
  });
}

function override() {
  return z.object({ count: z.int(), until: z.int(), by: z.string(), reason: z.exactOptional(z.string()) });
}

function seen() {
  return z.object({
    at: z.int(),
    min: z.int(),
    max: z.int(),
    isSuspended: z.boolean().check(z.describe('An override holds it; policies and schedules wait.')),
    activities: z
      .array(z.object({ at: z.int(), status: z.string(), says: z.string() }))
      .check(z.describe('The last decisions, the latest first.')),
  });
}

function dryRun() {
  return z.object({
    readings: z
      .record(z.string(), z.number())
      .check(
        z.describe('What was asked for, else what was measured here; rules without a reading do nothing.'),
      ),
    from: z.int(),
    to: z.int(),
    why: z.enum(['rule', 'bounds', 'override', 'cooldown', 'at-max', 'at-min', 'nothing-met']),
    met: z.array(z.string()).check(z.describe('Rules that were met.')),
    alerts: z.array(z.string()).check(z.describe('Of these, such as only tell.')),
  });
}
