import { describe, expect, it } from 'vitest';
import { planPolicies } from '../../../shared/scaling/policies.ts';
import { DEFAULT_ECS_RULES, DEFAULT_LAMBDA_RULES, type ScalingRule } from '../../../shared/scaling/rule.ts';

const [CPU_HIGH, CPU_LOW] = DEFAULT_ECS_RULES as [ScalingRule, ScalingRule];

describe('what AWS is told of rules', () => {
  it('is one policy for a pair, and one for a rule alone', () => {
    const { policies, problems } = planPolicies('ecs', DEFAULT_ECS_RULES);
    expect(problems).toEqual([]);
    expect(policies.map(({ kind, id, rules }) => [kind, id, rules])).toEqual([
      ['target-tracking', 'cpu-high', ['cpu-high', 'cpu-low']],
      ['target-tracking', 'memory-high', ['memory-high', 'memory-low']],
      ['step', 'slow', ['slow']],
    ]);
  });

  it('scales in only where a rule asks for it', () => {
    const [alone] = planPolicies('ecs', [CPU_HIGH]).policies;
    const [pair] = planPolicies('ecs', [CPU_HIGH, { ...CPU_LOW, cooldownMs: 600_000 }]).policies;
    expect(alone).toMatchObject({ target: 70, scalesIn: false, outCooldownSeconds: 300 });
    expect(pair).toMatchObject({ scalesIn: true, outCooldownSeconds: 300, inCooldownSeconds: 600 });
  });

  it('keeps the amount where steps are asked for', () => {
    const steps = [CPU_HIGH, CPU_LOW].map((rule): ScalingRule => ({ ...rule, policy: 'step', amount: 2 }));
    expect(planPolicies('ecs', steps).policies).toEqual([
      {
        kind: 'step',
        id: 'cpu-high',
        metric: 'cpu',
        up: { threshold: 70, amount: 2 },
        down: { threshold: 35, amount: 2 },
        cooldownSeconds: 300,
        rules: ['cpu-high', 'cpu-low'],
      },
    ]);
  });

  it('tracks the utilization of a function', () => {
    expect(planPolicies('lambda', DEFAULT_LAMBDA_RULES)).toMatchObject({
      problems: [],
      policies: [{ kind: 'target-tracking', metric: 'utilization', target: 70, scalesIn: true }],
    });
  });

  it('makes an alarm of a rule that only tells', () => {
    const { policies } = planPolicies('lambda', [{ ...CPU_HIGH, action: 'alert' }]);
    expect(policies).toMatchObject([{ kind: 'alarm', operator: '>', threshold: 70 }]);
  });

  it.each<[string, 'ecs' | 'lambda', Partial<ScalingRule>, string]>([
    ['steps on a function', 'lambda', { metric: 'response-time' }, 'metric'],
    ['the processor of a function', 'lambda', {}, 'metric'],
    ['steps by utilization', 'lambda', { metric: 'utilization', policy: 'step' }, 'policy'],
    ['utilization of a service', 'ecs', { metric: 'utilization' }, 'metric'],
    ['tracking of a percentile', 'ecs', { metric: 'response-time', policy: 'target-tracking' }, 'policy'],
    ['tracking that only scales in', 'ecs', { operator: '<', action: 'scale-down' }, 'policy'],
  ])('refuses %s, by the id of the rule', (_, kind, change, field) => {
    const { policies, problems } = planPolicies(kind, [{ ...CPU_HIGH, ...change }]);
    expect(policies).toEqual([]);
    expect(problems).toMatchObject([{ rule: 'cpu-high', field }]);
    expect(problems[0]?.sentence).toContain('scaling rule cpu-high');
  });

  it('refuses one metric drawn in two ways', () => {
    const { problems } = planPolicies('ecs', [CPU_HIGH, { ...CPU_LOW, policy: 'step' }]);
    expect(problems).toMatchObject([{ rule: 'cpu-low', field: 'policy' }]);
  });
});
