import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateRules, type Readings, type ScalingState } from '../../../shared/scaling/evaluate.ts';
import { DEFAULT_ECS_RULES } from '../../../shared/scaling/rule.ts';
import { validateRules } from '../../../shared/scaling/validate-rules.ts';
import { readings, rulesOfOneTarget } from './arbitrary-rules.ts';

const NOW = 1_000_000_000;
const RUNS = 10_000;

function decide(given: Readings, state: Partial<ScalingState> = {}, now = NOW) {
  return evaluateRules(DEFAULT_ECS_RULES, given, { state: { count: 4, ...state }, now });
}

describe('the evaluator, whatever the rules and readings', () => {
  const state = fc.record({
    count: fc.integer({ min: 0, max: 60 }),
    lastActionAt: fc.option(fc.integer({ min: NOW - 1_000_000, max: NOW }), { nil: undefined }),
  });

  it('never leaves the bounds, never acts inside the cooldown, never moves by more than a rule allows', () => {
    fc.assert(
      fc.property(rulesOfOneTarget, readings, state, (rules, given, before) => {
        const { min, max } = rules[0] ?? { min: 0, max: 0 };
        const { to, why, from } = evaluateRules(rules, given, { state: before, now: NOW });
        expect(to).toBeGreaterThanOrEqual(min);
        expect(to).toBeLessThanOrEqual(max);
        const outside = Math.max(min - from, from - max, 0);
        if (outside > 0) expect([why, Math.abs(to - from)]).toEqual(['bounds', outside]);
        if (outside > 0 || to === from) return;
        expect(why).toBe('rule');
        const same = rules.filter(({ action }) => action === (to > from ? 'scale-up' : 'scale-down'));
        expect(Math.abs(to - from)).toBeLessThanOrEqual(Math.max(...same.map(({ amount }) => amount)));
        const shortest = Math.min(...same.map(({ cooldownMs }) => cooldownMs));
        expect(NOW - (before.lastActionAt ?? 0)).toBeGreaterThanOrEqual(shortest);
      }),
      { numRuns: RUNS },
    );
  });

  it('draws only rules that the validation lets through', () => {
    fc.assert(
      fc.property(rulesOfOneTarget, rules => {
        expect(validateRules(rules)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('over a whole day acts no oftener than the cooldown lets it, and stays within bounds', () => {
    fc.assert(
      fc.property(rulesOfOneTarget, fc.array(readings, { minLength: 1, maxLength: 60 }), (rules, minutes) => {
        const shortest = Math.min(...rules.map(({ cooldownMs }) => cooldownMs));
        const [first] = rules;
        let now: ScalingState = { count: first?.min ?? 0 };
        const acted: number[] = [];
        for (const [minute, given] of minutes.entries()) {
          const at = NOW + minute * 60_000;
          const { to, from } = evaluateRules(rules, given, { state: now, now: at });
          if (to !== from) acted.push(at);
          now = { count: to, lastActionAt: acted.at(-1) };
          expect(to >= (first?.min ?? 0) && to <= (first?.max ?? 0)).toBe(true);
        }
        for (const [at, one] of acted.entries())
          if (at > 0) expect(one - (acted[at - 1] ?? 0)).toBeGreaterThanOrEqual(shortest);
      }),
      { numRuns: 500 },
    );
  });

  it('does the same once and again: more load never means less of the target', () => {
    fc.assert(
      fc.property(rulesOfOneTarget, readings, state, (rules, given, before) => {
        const doubled = Object.fromEntries(
          Object.entries(given).map(([name, value]) => [name, (value ?? 0) * 2]),
        );
        const at = { state: before, now: NOW };
        expect(evaluateRules(rules, doubled, at).to).toBeGreaterThanOrEqual(
          evaluateRules(rules, given, at).to,
        );
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('the rules of the mission', () => {
  it.each([
    ['processor above 70 %', { cpu: 70.1 }],
    ['memory above 80 %', { memory: 81 }],
    ['answers slower than 2 s', { 'response-time': 2_001 }],
  ])('add one for %s', (_, given) => expect(decide(given)).toMatchObject({ to: 5, why: 'rule' }));

  it('leave it at the threshold itself', () => {
    expect(decide({ cpu: 70, memory: 80, 'response-time': 2_000 })).toMatchObject({ to: 4, met: [] });
  });

  it('wait 300 seconds after an action', () => {
    const given = { cpu: 90 };
    expect(decide(given, { lastActionAt: NOW - 299_999 })).toMatchObject({
      to: 4,
      why: 'cooldown',
      waitsUntil: NOW + 1,
    });
    expect(decide(given, { lastActionAt: NOW - 300_000 })).toMatchObject({ to: 5 });
  });

  it('stop at ten and at two', () => {
    expect(decide({ cpu: 99 }, { count: 10 })).toMatchObject({ to: 10, why: 'at-max' });
    expect(decide({ cpu: 1, memory: 1 }, { count: 2 })).toMatchObject({ to: 2, why: 'at-min' });
  });

  it('take one away only where all agree', () => {
    expect(decide({ cpu: 10, memory: 60 })).toMatchObject({ to: 4, why: 'nothing-met' });
    expect(decide({ cpu: 10, memory: 20 })).toMatchObject({ to: 3, why: 'rule' });
    expect(decide({ cpu: 10, memory: 20, 'response-time': 9_000 })).toMatchObject({ to: 5 });
  });

  it('do nothing about what was not measured', () => expect(decide({})).toMatchObject({ to: 4, met: [] }));
});

describe('a manual override', () => {
  const override = { count: 7, until: NOW + 1, by: 'ops' };
  it('wins over rules and cooldown', () => {
    expect(decide({ cpu: 99 }, { override, lastActionAt: NOW })).toMatchObject({ to: 7, why: 'override' });
  });

  it('ends by itself', () => {
    expect(decide({ cpu: 99 }, { override }, NOW + 1)).toMatchObject({ to: 5, why: 'rule' });
  });

  it('stays within the bounds of rules that were changed since', () => {
    expect(decide({}, { override: { ...override, count: 70 } })).toMatchObject({ to: 10, why: 'override' });
  });
});
