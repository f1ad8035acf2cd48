import { describe, expect, it } from 'vitest';
import { DEFAULT_ECS_RULES, DEFAULT_LAMBDA_RULES, type ScalingRule } from '../../../shared/scaling/rule.ts';
import { validateRules } from '../../../shared/scaling/validate-rules.ts';

const RULE: ScalingRule = {
  id: 'cpu-high',
  metric: 'cpu',
  operator: '>',
  threshold: 70,
  action: 'scale-up',
  cooldownMs: 300_000,
  min: 2,
  max: 10,
  amount: 1,
};
const DOWN: ScalingRule = { ...RULE, id: 'cpu-low', operator: '<', threshold: 30, action: 'scale-down' };

describe('validating scaling rules', () => {
  it.each([
    ['a service', DEFAULT_ECS_RULES],
    ['a function', DEFAULT_LAMBDA_RULES],
  ])('finds nothing wrong with the defaults of %s', (_, rules) => expect(validateRules(rules)).toEqual([]));

  it.each([
    ['metric', { metric: 'heat' as 'cpu' }],
    ['operator', { operator: '=' as '>' }],
    ['operator', { operator: '<' }],
    ['action', { action: 'explode' as 'alert' }],
    ['threshold', { threshold: 0 }],
    ['threshold', { threshold: 101 }],
    ['threshold', { threshold: Number.NaN }],
    ['threshold', { metric: 'utilization', threshold: 95 }],
    ['cooldownMs', { cooldownMs: 59_000 }],
    ['cooldownMs', { cooldownMs: 60_500 }],
    ['min', { min: -1 }],
    ['min', { min: 11 }],
    ['max', { max: 10.5 }],
    ['amount', { amount: 0 }],
    ['amount', { amount: 9 }],
    ['amount', { amount: 1.5 }],
    ['id', { id: 'CPU high' }],
  ] as const)('names the field %s for %o', (field, wrong) => {
    const problems = validateRules([{ ...RULE, ...wrong } as ScalingRule]);
    expect(problems.map(one => one.field)).toContain(field);
    expect(problems[0]?.sentence).toMatch(new RegExp(`^scaling rule .+: ${problems[0]?.field} `));
  });

  it('refuses opposed rules that would undo each other, and says from where on they do not', () => {
    const [problem, ...others] = validateRules([RULE, { ...DOWN, threshold: 52.5 }]);
    expect(others).toEqual([]);
    expect(problem).toEqual({
      rule: 'cpu-low',
      field: 'threshold',
      sentence:
        'scaling rule cpu-low: threshold is 52.5, too close to cpu-high at 70: below 52.5 they do not undo each other',
    });
    expect(validateRules([RULE, { ...DOWN, threshold: 52 }])).toEqual([]);
  });

  it.each([
    ['id', { ...RULE, metric: 'memory' as const }],
    ['metric', { ...RULE, id: 'again', threshold: 90 }],
    ['min', { ...DOWN, min: 1 }],
    ['max', { ...DOWN, max: 11 }],
  ])('refuses a second rule that contradicts by %s', (field, second) => {
    expect(validateRules([RULE, second]).map(one => one.field)).toEqual([field]);
  });

  it('names the field of a schedule', () => {
    const wrong = [{ id: 'night', cron: 'each day', min: 3, max: 1 }];
    expect(validateRules([RULE], wrong).map(({ rule, field }) => [rule, field])).toEqual([
      ['night', 'min'],
      ['night', 'cron'],
    ]);
    expect(validateRules([RULE], [{ id: 'night', cron: '0 22 * * ? *', min: 1, max: 2 }])).toEqual([]);
  });
});
