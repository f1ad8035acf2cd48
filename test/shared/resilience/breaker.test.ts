import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BreakerOptions, createBreaker } from '../../../shared/resilience/breaker.ts';
import { createTestClock } from '../../fakes/clock.ts';

function start(options: Partial<BreakerOptions> = {}) {
  const clock = createTestClock();
  const breaker = createBreaker({ clock, random: () => 0, ...options });
  const report = (outcome: 'success' | 'failure', times = 1) => {
    for (let i = 0; i < times; i++) {
      breaker.permit();
      breaker.record(outcome);
    }
  };
  return { clock, breaker, report };
}

describe('a breaker', () => {
  it('stays closed below five failures of the last twenty', () => {
    const { breaker, report } = start();
    for (let round = 0; round < 10; round++) {
      report('failure', 4);
      expect(breaker.permit()).toBe(true);
      report('success', 16);
    }
    expect(breaker.state()).toBe('closed');
  });

  it('opens at the fifth, in a row or not, and then permits nothing', () => {
    for (const between of [0, 3]) {
      const { breaker, report } = start();
      for (let i = 0; i < 4; i++) {
        report('failure');
        report('success', between);
      }
      expect(breaker.state()).toBe('closed');
      report('failure');
      expect(breaker.state()).toBe('open');
      expect(breaker.permit()).toBe(false);
    }
  });

  it('lets one call through after the shortest time, and up to as much again by chance', () => {
    for (const [chance, ms] of [
      [0, 5_000],
      [0.5, 7_500],
    ] as const) {
      const { clock, breaker, report } = start({ random: () => chance });
      report('failure', 5);
      clock.advance(ms - 1);
      expect(breaker.permit()).toBe(false);
      clock.advance(1);
      expect([breaker.permit(), breaker.permit(), breaker.state()]).toEqual([true, false, 'half-open']);
    }
  });

  it('closes when the trial succeeds, with nothing held against it', () => {
    const { clock, breaker, report } = start();
    report('failure', 5);
    clock.advance(5_000);
    report('success');
    expect(breaker.state()).toBe('closed');
    report('failure', 4);
    expect(breaker.permit()).toBe(true);
  });

  it('opens again when the trial fails', () => {
    const { clock, breaker, report } = start();
    report('failure', 5);
    clock.advance(5_000);
    report('failure');
    expect(breaker.state()).toBe('open');
    clock.advance(4_999);
    expect(breaker.permit()).toBe(false);
    clock.advance(1);
    expect(breaker.permit()).toBe(true);
  });

  it('lets another through when a trial never reports', () => {
    const { clock, breaker, report } = start();
    report('failure', 5);
    clock.advance(5_000);
    breaker.permit();
    clock.advance(4_999);
    expect(breaker.permit()).toBe(false);
    clock.advance(1);
    expect(breaker.permit()).toBe(true);
  });

  it('takes no notice while open of calls that began before', () => {
    const { breaker, report } = start();
    report('failure', 5);
    for (const outcome of ['success', 'failure'] as const) breaker.record(outcome);
    expect(breaker.state()).toBe('open');
  });

  it('is not held open by a clock that was set back', () => {
    const { clock, breaker, report } = start();
    report('failure', 5);
    clock.advance(-3_600_000);
    expect(breaker.permit()).toBe(true);
  });

  it('takes other thresholds', () => {
    const { clock, breaker, report } = start({ failures: 2, window: 3, openMs: 10 });
    report('failure');
    report('success', 2);
    report('failure');
    expect(breaker.state()).toBe('closed');
    report('failure');
    expect(breaker.state()).toBe('open');
    clock.advance(10);
    expect(breaker.permit()).toBe(true);
  });

  it('permits again in time, whatever happened', () => {
    const step = fc.record({
      outcome: fc.constantFrom('success' as const, 'failure' as const, 'none' as const),
      passedMs: fc.integer({ min: -2_000, max: 6_000 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), steps => {
        const { clock, breaker } = start({ random: () => 0.99 });
        for (const { outcome, passedMs } of steps) {
          clock.advance(passedMs);
          if (breaker.permit() && outcome !== 'none') breaker.record(outcome);
        }
        clock.advance(10_000);
        expect(breaker.permit()).toBe(true);
      }),
    );
  });
});
