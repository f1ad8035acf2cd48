/** Rules of one target that nothing is wrong with, and what may be measured of it. */

import * as fc from 'fast-check';
import { SCALING_METRICS, type ScalingMetric, type ScalingRule } from '../../../shared/scaling/rule.ts';

const METRICS = Object.keys(SCALING_METRICS) as ScalingMetric[];

export const readings = fc.record(
  Object.fromEntries(METRICS.map(metric => [metric, fc.double({ min: 0, max: 5_000, noNaN: true })])),
  { requiredKeys: [] },
);

const bounds = fc
  .tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 1, max: 20 }))
  .map(([min, more]) => ({ min, max: min + more }));

export const rulesOfOneTarget: fc.Arbitrary<readonly ScalingRule[]> = bounds.chain(({ min, max }) =>
  fc
    .subarray(METRICS, { minLength: 1 })
    .chain(metrics => fc.tuple(...metrics.map(metric => pairOf(metric, { min, max }))))
    .map(pairs => pairs.flat()),
);

function pairOf(metric: ScalingMetric, bounds: { readonly min: number; readonly max: number }) {
  const { least, most } = SCALING_METRICS[metric];
  const numbers = fc.record({
    high: fc.integer({ min: Math.max(least, 40), max: Math.min(most, 4_000) }),
    share: fc.double({ min: 0.3, max: 0.74, noNaN: true }),
    cooldownMs: fc.integer({ min: 60, max: 900 }).map(seconds => seconds * 1_000),
    amount: fc.integer({ min: 1, max: bounds.max - bounds.min }),
    hasDown: fc.boolean(),
    isStrict: fc.boolean(),
  });
  return numbers.map(({ high, share, cooldownMs, amount, hasDown, isStrict }): ScalingRule[] => {
    const same = { metric, cooldownMs, amount, ...bounds } as const;
    const low = Math.max(least, high * share);
    const up: ScalingRule = {
      ...same,
      id: `${metric}-up`,
      operator: isStrict ? '>' : '>=',
      threshold: high,
      action: 'scale-up',
    };
    const down: ScalingRule = {
      ...same,
      id: `${metric}-down`,
      operator: '<',
      threshold: low,
      action: 'scale-down',
    };
    return hasDown ? [up, down] : [up];
  });
}
