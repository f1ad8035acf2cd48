import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeInitialAge, currentAgeSeconds } from '../../../shared/http/age.ts';
import type { Fields } from '../../../shared/http/fields.ts';

const RECEIVED = Date.UTC(2026, 8, 21, 12, 0, 0);
const HOUR_OLD = ['date', 'Mon, 21 Sep 2026 11:00:00 GMT'] as const;

const ageOf = (fields: Fields, requestedAt = RECEIVED) =>
  computeInitialAge({ fields, requestedAt, receivedAt: RECEIVED });

describe('initial age (RFC 9111 §4.2.3)', () => {
  it('is what Age says plus the delay of the answer', () => {
    expect(ageOf([['age', '30']], RECEIVED - 2_500)).toBe(32.5);
    expect(ageOf([])).toBe(0);
  });

  it('does not depend on the clock of the origin', () => {
    expect(ageOf([HOUR_OLD])).toBe(0);
    expect(
      ageOf([
        ['date', 'Mon, 21 Sep 2026 13:00:00 GMT'],
        ['age', '5'],
      ]),
    ).toBe(5);
  });

  it.each(['1.0 fred', 'HTTP/1.0 fred', '1.1 a, 1.0 fred (Old/1)', 'http/1.0 fred'])(
    'believes Date as well behind an old cache: Via %s',
    via => {
      expect(ageOf([HOUR_OLD, ['via', via]])).toBe(3600);
      expect(ageOf([HOUR_OLD, ['via', via], ['age', '7200']])).toBe(7200);
      expect(
        ageOf([
          ['date', 'Mon, 21 Sep 2026 13:00:00 GMT'],
          ['via', via],
        ]),
      ).toBe(0);
      expect(
        ageOf([
          ['date', 'invalid'],
          ['via', via],
        ]),
      ).toBe(0);
    },
  );

  it.each(['1.1 fred', '2 fred', '1.1 host1.0 ', 'HTTP/1.1 p'])('does not behind Via %s', via => {
    expect(ageOf([HOUR_OLD, ['via', via]])).toBe(0);
  });

  it.each([
    ['10, 20', 10],
    ['10,', 10],
    ['2147483649', 2 ** 31],
    ['99999999999999999999', 2 ** 31],
    ['', 0],
    ['-10', 0],
    ['10.5', 0],
    ['10s', 0],
    ['"10"', 0],
    ['10;x=1', 0],
    ['abc, 10', 0],
    [', 10', 0],
  ])('reads Age %j as %d: the first member, malformed ignored (§5.1)', (age, seconds) => {
    expect(ageOf([['age', age]])).toBe(seconds);
  });

  it('takes the first of repeated lines', () => {
    expect(
      ageOf([
        ['age', '1'],
        ['age', '100'],
      ]),
    ).toBe(1);
  });
});

describe('current age', () => {
  const stored = { receivedAt: RECEIVED, initialAgeSeconds: 10.5 };

  it('grows by the time the response rests here, in whole seconds', () => {
    expect(currentAgeSeconds(stored, RECEIVED)).toBe(10);
    expect(currentAgeSeconds(stored, RECEIVED + 499)).toBe(10);
    expect(currentAgeSeconds(stored, RECEIVED + 500)).toBe(11);
    expect(currentAgeSeconds(stored, RECEIVED + 60_000)).toBe(70);
  });

  it('does not fall when our clock goes back, and does not pass 2^31', () => {
    expect(currentAgeSeconds(stored, RECEIVED - 60_000)).toBe(10);
    expect(currentAgeSeconds({ receivedAt: 0, initialAgeSeconds: 2 ** 31 }, RECEIVED)).toBe(2 ** 31);
  });
});

it('is never negative, whatever the clocks and fields', () => {
  const instant = fc.integer({ min: 0, max: 4e12 });
  const anyFields = fc.array(fc.tuple(fc.constantFrom('age', 'date', 'via'), fc.string()));
  fc.assert(
    fc.property(anyFields, instant, instant, instant, (fields, requestedAt, receivedAt, now) => {
      const initialAgeSeconds = computeInitialAge({ fields, requestedAt, receivedAt });
      expect(initialAgeSeconds).toBeGreaterThanOrEqual(0);
      const age = currentAgeSeconds({ receivedAt, initialAgeSeconds }, now);
      expect(Number.isInteger(age) && age >= 0 && age <= 2 ** 31).toBe(true);
    }),
  );
});
