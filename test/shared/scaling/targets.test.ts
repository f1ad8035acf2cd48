import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../shared/config/config.ts';
import { DEFAULT_ECS_RULES, DEFAULT_LAMBDA_RULES } from '../../../shared/scaling/rule.ts';
import { problemsOf, targetsOf } from '../../../shared/scaling/targets.ts';

const SERVICE = 'arn:aws:ecs:eu-central-1:123456789012:service/shop/web';
const ALIAS = 'arn:aws:lambda:eu-central-1:123456789012:function:images:live';
const [CPU] = DEFAULT_ECS_RULES;

describe('the targets of headrace.config.ts', () => {
  it('have the rules of their kind where none are given', () => {
    const [web, images] = targetsOf({ web: { arn: SERVICE }, images: { arn: ALIAS } });
    expect([web?.rules, images?.rules]).toEqual([DEFAULT_ECS_RULES, DEFAULT_LAMBDA_RULES]);
    expect(problemsOf({ web: { arn: SERVICE }, images: { arn: ALIAS } })).toEqual([]);
  });

  it.each([
    ['scaling.web.arn', { web: { arn: 'web' } }],
    ['scaling.web.rules', { web: { arn: SERVICE, rules: [] } }],
    ['scaling.web.cpu-high.max', { web: { arn: SERVICE, rules: [{ ...CPU, max: 0 }] } }],
    ['scaling.images.cpu-high.metric', { images: { arn: ALIAS, rules: [CPU] } }],
    [
      'scaling.web.night.cron',
      { web: { arn: SERVICE, schedules: [{ id: 'night', cron: 'x', min: 1, max: 2 }] } },
    ],
    ['scaling.web.rules[0].metric', { web: { arn: SERVICE, rules: [{ ...CPU, metric: 'heat' }] } }],
    ['scaling.Web', { Web: { arn: SERVICE } }],
    ['scaling.again.arn', { web: { arn: SERVICE }, again: { arn: SERVICE } }],
  ])('are refused at start with the path %s', (path, scaling) => {
    const parsed = parseConfig({ scaling });
    expect(parsed).toMatchObject({ ok: false });
    expect(parsed.ok ? '' : parsed.sentence).toContain(path);
  });
});
