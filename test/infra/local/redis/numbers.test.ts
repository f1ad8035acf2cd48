import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDecimals,
  formatFloat64,
  parseFloat64,
  parseInt64,
} from '../../../../infra/local/redis/numbers.ts';

describe('formatFloat64', () => {
  it('writes every double so that it is read again', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), number => {
        expect(parseFloat64(formatFloat64(number))).toBe(number);
      }),
    );
  });

  // What printf("%.17g") prints.
  it.each([
    [0.1, '0.10000000000000001'],
    [1e-5, '1.0000000000000001e-05'],
    [0.0001, '0.0001'],
    [1e17, '1e+17'],
    [1.5e300, '1.5000000000000001e+300'],
    [2 ** 53, '9007199254740992'],
    [-0, '-0'],
    [Number.NEGATIVE_INFINITY, '-inf'],
  ])('writes %d as %s', (number, text) => {
    expect(formatFloat64(number)).toBe(text);
  });
});

describe('addDecimals', () => {
  it('adds whole numbers as they are', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }),
        fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }),
        (a, b) => {
          expect(addDecimals(String(a), String(b))).toBe(String(a + b));
        },
      ),
    );
  });

  it.each([
    ['0.1', '0.2', '0.3'],
    ['10.50', '0.1', '10.6'],
    ['5.0e3', '2.0e2', '5200'],
    ['3.0', '-3', '0'],
    ['-1.5', '.25', '-1.25'],
    ['1e-30', '1', '1'],
  ])('%s and %s make %s', (a, b, sum) => {
    expect(addDecimals(a, b)).toBe(sum);
  });
});

describe('parseInt64', () => {
  it.each(['', ' 1', '1 ', '+1', '01', '-0', '1.0', '1e3', '9223372036854775808', '-9223372036854775809'])(
    'refuses %j',
    text => {
      expect(parseInt64(text)).toBeUndefined();
    },
  );

  it.each(['0', '-1', '9223372036854775807', '-9223372036854775808'])('reads %s', text => {
    expect(parseInt64(text)).toBe(BigInt(text));
  });
});
