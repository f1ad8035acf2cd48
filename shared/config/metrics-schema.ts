/**
 * What `metrics` of headrace.config.ts may say, and what it means.
 *
 * Units   durations as text with a unit, in the plan ms; shares from 0 to 1; US dollars
 */

import * as z from 'zod/mini';
import { type Duration, parseDurationMs } from '../primitives/duration.ts';
import { lazy } from '../primitives/lazy.ts';
import { timeout } from './fields.ts';
import type { Settings } from './settings.ts';

export const metricsSchema = lazy(() =>
  z.strictObject({
    /** Whether requests are counted at all. @default true */
    enabled: z.optional(z.boolean()),
    /** What takes as long is slow: kept for the dashboard, and told in the log. @default '1s' */
    slow: z.optional(timeout()),
    /** The share of requests that the log tells of, besides the slow ones and all with a status of 500 or above. @default 0.01 */
    logShare: z.optional(
      z
        .number('must be a number from 0 to 1')
        .check(z.minimum(0, 'must be 0 or more'), z.maximum(1, 'must be 1 or less')),
    ),
    /** What Redis bills for 100,000 commands: the dashboard's cost of a million requests is reckoned with it. @default 0.2 */
    redisUsdPer100kCommands: z.optional(
      z.number('must be a number').check(z.minimum(0, 'must be 0 or more')),
    ),
  }),
);

export interface MetricsConfig {
  readonly enabled?: boolean | undefined;
  readonly slow?: Duration | undefined;
  readonly logShare?: number | undefined;
  readonly redisUsdPer100kCommands?: number | undefined;
}

export interface MetricsPlan {
  readonly enabled: boolean;
  readonly slowMs: number;
  readonly logShare: number;
  readonly redisUsdPer100kCommands: number;
}

export const METRICS_DEFAULTS = {
  enabled: true,
  slowMs: 1_000,
  logShare: 0.01,
  redisUsdPer100kCommands: 0.2,
} as const satisfies MetricsPlan;

/** A pure proxy counts nothing. */
export function metricsPlanOf({ slow, ...given }: MetricsConfig, mode: Settings['mode']): MetricsPlan {
  return {
    enabled: (given.enabled ?? METRICS_DEFAULTS.enabled) && mode !== 'off',
    slowMs: (slow && parseDurationMs(slow)) ?? METRICS_DEFAULTS.slowMs,
    logShare: given.logShare ?? METRICS_DEFAULTS.logShare,
    redisUsdPer100kCommands: given.redisUsdPer100kCommands ?? METRICS_DEFAULTS.redisUsdPer100kCommands,
  };
}
