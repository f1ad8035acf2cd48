import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  boundsFor,
  formatOverride,
  LONGEST_OVERRIDE_MS,
  parseOverride,
  refuseOverride,
} from '../../../shared/scaling/override.ts';

const NOW = 1_700_000_000_000;
const BOUNDS = { min: 2, max: 10 };

describe('a manual override', () => {
  it('pins the target and suspends its policies until its time has come', () => {
    const override = { count: 6, until: NOW + 1, by: 'ops' };
    expect(boundsFor(override, BOUNDS, NOW)).toEqual({ min: 6, max: 6, isSuspended: true });
    expect(boundsFor(override, BOUNDS, NOW + 1)).toEqual({ ...BOUNDS, isSuspended: false });
    expect(boundsFor(undefined, BOUNDS, NOW)).toEqual({ ...BOUNDS, isSuspended: false });
  });

  it('never leaves the bounds, whoever wrote the parameter', () => {
    const given = fc.record({ count: fc.nat(), until: fc.constant(NOW + 1), by: fc.string() });
    fc.assert(
      fc.property(given, override => {
        const { min, max } = boundsFor(override, BOUNDS, NOW);
        expect(min === max && min >= 2 && max <= 10).toBe(true);
      }),
    );
  });

  it.each([
    [{ count: 1, until: NOW + 1 }, 'count'],
    [{ count: 11, until: NOW + 1 }, 'count'],
    [{ count: 2.5, until: NOW + 1 }, 'count'],
    [{ count: 3, until: NOW }, 'until'],
    [{ count: 3, until: NOW + LONGEST_OVERRIDE_MS + 1 }, 'until'],
  ])('is refused where %o names a wrong %s', (given, field) => {
    expect(refuseOverride(given, BOUNDS, NOW)?.field).toBe(field);
  });

  it('is taken at the bounds', () => {
    expect(refuseOverride({ count: 10, until: NOW + LONGEST_OVERRIDE_MS }, BOUNDS, NOW)).toBeUndefined();
  });

  it('comes back from its text', () => {
    const override = { count: 3, until: NOW, by: 'ops', reason: 'sale' };
    expect(parseOverride(formatOverride(override))).toEqual(override);
  });

  it.each(['', 'six', 'null', '[]', '{"count":"6","until":1}', '{"count":-1,"until":1}', '{"count":1}'])(
    'is none where the parameter says %j',
    text => expect(parseOverride(text)).toBeUndefined(),
  );
});
