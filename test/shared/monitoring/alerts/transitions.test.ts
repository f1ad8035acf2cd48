import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Verdict } from '../../../../shared/monitoring/alerts/evaluate.ts';
import {
  CALM_MS,
  eventKey,
  type Told,
  transitionsOf,
} from '../../../../shared/monitoring/alerts/transitions.ts';

const verdict = (state: Verdict['state'], more: Partial<Verdict> = {}): Verdict => ({
  id: 'a',
  state,
  value: 7,
  since: undefined,
  isQuiet: false,
  ...more,
});

/** A look every five minutes, unless it is said otherwise. */
function play(states: readonly Verdict[], everyMs = CALM_MS): string[] {
  let told: Told = {};
  return states.map((one, at) => {
    const step = transitionsOf(told, [one], at * everyMs);
    told = step.told;
    return step.events.map(({ kind }) => kind).join();
  });
}

describe('people are told', () => {
  it('once that something is wrong, and once that it is over', () => {
    const states = (['ok', 'firing', 'firing', 'firing', 'ok', 'ok', 'ok', 'firing'] as const).map(one =>
      verdict(one),
    );
    expect(play(states)).toEqual(['', 'fired', '', '', '', 'recovered', '', 'fired']);
  });

  it('once of what swings about its bound, and then from when on it was over', () => {
    const swinging = Array.from({ length: 30 }, (_, at) => verdict(at % 2 === 0 ? 'firing' : 'ok'));
    expect(play(swinging, CALM_MS / 5).filter(Boolean)).toEqual(['fired']);
    const calm = Array.from({ length: 6 }, () => verdict('ok'));
    const all = play([verdict('firing'), ...calm], CALM_MS / 5);
    expect(all).toEqual(['fired', '', '', '', '', '', 'recovered']);
    const { events } = transitionsOf({ a: { firedAt: 1, calmAt: 7 } }, [verdict('ok')], 7 + CALM_MS);
    expect(events).toMatchObject([{ kind: 'recovered', firedAt: 1, at: 7 }]);
  });

  it('that it is over where nothing is measured any more', () => {
    expect(play([verdict('firing'), verdict('unmeasured'), verdict('unmeasured')])).toEqual([
      'fired',
      '',
      'recovered',
    ]);
  });

  it('nothing that a deployment explains, unless it outlives it', () => {
    const quiet = verdict('firing', { isQuiet: true });
    expect(play([quiet, quiet, verdict('ok')])).toEqual(['', '', '']);
    expect(play([quiet, verdict('firing')])).toEqual(['', 'fired']);
    expect(play([verdict('firing'), quiet, verdict('ok'), verdict('ok')])).toEqual([
      'fired',
      '',
      '',
      'recovered',
    ]);
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
          const step = transitionsOf(
            told,
            [verdict(one, { isQuiet: isQuiet && one === 'firing' })],
            at * (CALM_MS / 2),
          );
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
