import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Verdict } from '../../../../shared/monitoring/alerts/evaluate.ts';
import { eventKey, type Told, transitionsOf } from '../../../../shared/monitoring/alerts/transitions.ts';

const verdict = (state: Verdict['state'], more: Partial<Verdict> = {}): Verdict => ({
  id: 'a',
  state,
  value: 7,
  since: undefined,
  isQuiet: false,
  ...more,
});

function play(states: readonly Verdict[]): string[] {
  let told: Told = {};
  return states.map((one, at) => {
    const step = transitionsOf(told, [one], at);
    told = step.told;
    return step.events.map(({ kind }) => kind).join();
  });
}

describe('people are told', () => {
  it('once that something is wrong, and once that it is over', () => {
    const states = (['ok', 'firing', 'firing', 'firing', 'ok', 'ok', 'firing'] as const).map(one =>
      verdict(one),
    );
    expect(play(states)).toEqual(['', 'fired', '', '', 'recovered', '', 'fired']);
  });

  it('that it is over where nothing is measured any more', () => {
    expect(play([verdict('firing'), verdict('unmeasured')])).toEqual(['fired', 'recovered']);
  });

  it('nothing that a deployment explains, unless it outlives it', () => {
    const quiet = verdict('firing', { isQuiet: true });
    expect(play([quiet, quiet, verdict('ok')])).toEqual(['', '', '']);
    expect(play([quiet, verdict('firing')])).toEqual(['', 'fired']);
    expect(play([verdict('firing'), quiet, verdict('ok')])).toEqual(['fired', '', 'recovered']);
  });

  it('nothing of a rule that is no more', () => {
    const { told } = transitionsOf({ gone: { firedAt: 1 } }, [verdict('ok')], 2);
    expect(told).toEqual({});
  });

  it('in turns, whatever happens: wrong, over, wrong, over; each under a name of its own', () => {
    const state = fc.constantFrom<Verdict['state']>('ok', 'firing', 'unmeasured');
    fc.assert(
      fc.property(fc.array(fc.tuple(state, fc.boolean()), { maxLength: 50 }), steps => {
        let told: Told = {};
        const events = steps.flatMap(([one, isQuiet], at) => {
          const step = transitionsOf(told, [verdict(one, { isQuiet: isQuiet && one === 'firing' })], at);
          told = step.told;
          return step.events;
        });
        expect(events.map(({ kind }) => kind)).toEqual(
          events.map((_, at) => (at % 2 === 0 ? 'fired' : 'recovered')),
        );
        expect(new Set(events.map(eventKey)).size).toBe(events.length);
      }),
    );
  });
});
