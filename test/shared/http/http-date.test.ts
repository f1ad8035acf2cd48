import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatHttpDate, parseHttpDate } from '../../../shared/http/http-date.ts';

const NOW = 1_790_000_000_000; // 2026-09-21
const EXAMPLE = 784_111_777_000; // date -u -d '1994-11-06 08:49:37' +%s

describe('parseHttpDate', () => {
  it.each(['Sun, 06 Nov 1994 08:49:37 GMT', 'Sunday, 06-Nov-94 08:49:37 GMT', 'Sun Nov  6 08:49:37 1994'])(
    'reads the example of RFC 9110 §5.6.7: %s',
    value => {
      expect(parseHttpDate(value, NOW)).toBe(EXAMPLE);
    },
  );

  it('ignores letter case, as a cache should (RFC 9111 §4.2)', () => {
    expect(parseHttpDate('sun, 06 NOV 1994 08:49:37 gmt', NOW)).toBe(EXAMPLE);
    expect(parseHttpDate('SUNDAY, 06-nov-94 08:49:37 Gmt', NOW)).toBe(EXAMPLE);
    expect(parseHttpDate('sUN nOV  6 08:49:37 1994', NOW)).toBe(EXAMPLE);
  });

  it('forgives a weekday of another date', () => {
    expect(parseHttpDate('Mon, 06 Nov 1994 08:49:37 GMT', NOW)).toBe(EXAMPLE);
  });

  it('reads the days and times that exist', () => {
    expect(parseHttpDate('Thu, 29 Feb 2024 23:59:59 GMT', NOW)).toBe(1_709_251_199_000);
    expect(parseHttpDate('Thu Nov 16 08:49:37 1994', NOW)).toBe(EXAMPLE + 10 * 86_400_000);
    expect(parseHttpDate('Thu, 01 Jan 1970 00:00:00 GMT', NOW)).toBe(0);
    expect(parseHttpDate('Sat, 01 Jan 0050 00:00:00 GMT', NOW)).toBe(-60_589_296_000_000);
  });

  it('counts a leap second as the second before (RFC 9111 §4.2: nearest earlier)', () => {
    expect(parseHttpDate('Sat, 31 Dec 2016 23:59:60 GMT', NOW)).toBe(1_483_228_799_000);
  });

  it.each([
    '',
    '0',
    '-1',
    '1994-11-06T08:49:37Z',
    '784111777',
    'Sun, 06 Nov 1994 08:49:37',
    'Sun, 06 Nov 1994 08:49:37 UTC',
    'Sun, 06 Nov 1994 08:49:37 EST',
    'Sun, 06 Nov 1994 08:49:37 +0000',
    'Sun, 06 Nov 1994 08:49:37 GMT+1',
    'Sun 06 Nov 1994 08:49:37 GMT',
    'Sun, 06-Nov-1994 08:49:37 GMT',
    'Sun, 06 Nov 94 08:49:37 GMT',
    'Sun, 6 Nov 1994 08:49:37 GMT',
    'Sun, 06 Nov 1994 8:49:37 GMT',
    'Sun, 06 Nov 1994 08:9:37 GMT',
    'Sun, 06 Nov 1994 08:49 GMT',
    'Sun,  06 Nov 1994 08:49:37 GMT',
    'Sun, 06  Nov 1994 08:49:37 GMT',
    'Sun, 06 Nov 1994  08:49:37 GMT',
    'Sun, 06 Nov 1994 08.49.37 GMT',
    ' Sun, 06 Nov 1994 08:49:37 GMT',
    'Sun, 06 Nov 1994 08:49:37 GMT ',
    'Sun, 06 Nov 1994 08:49:37 GMT, Sun, 06 Nov 1994 08:49:37 GMT',
    'Sunday, 06 Nov 1994 08:49:37 GMT',
    'Sun, 06-Nov-94 08:49:37 GMT',
    'Foo, 06 Nov 1994 08:49:37 GMT',
    'Sun, 06 Foo 1994 08:49:37 GMT',
    'Sun, 31 Feb 1994 08:49:37 GMT',
    'Wed, 29 Feb 2023 08:49:37 GMT',
    'Sun, 31 Nov 1994 08:49:37 GMT',
    'Sun, 00 Nov 1994 08:49:37 GMT',
    'Sun, 06 Nov 1994 24:00:00 GMT',
    'Sun, 06 Nov 1994 08:60:37 GMT',
    'Sun, 06 Nov 1994 08:49:61 GMT',
    'Sun Nov 6 08:49:37 1994',
    'Sun Nov 06 08:49:37 94',
    'Sun Nov  6 08:49:37 1994 GMT',
  ])('refuses %j', value => {
    expect(parseHttpDate(value, NOW)).toBeUndefined();
  });
});

describe('the two-digit year (RFC 9110 §5.6.7)', () => {
  const yearOf = (shortYear: string, now: number) =>
    new Date(parseHttpDate(`Friday, 01-May-${shortYear} 00:00:00 GMT`, now) ?? Number.NaN).getUTCFullYear();

  it.each([
    ['26', 2026],
    ['27', 2027],
    ['75', 2075],
    ['76', 2076],
    ['77', 1977],
    ['94', 1994],
    ['00', 2000],
    ['25', 2025],
  ])('reads %s in 2026 as %d', (shortYear, year) => {
    expect(yearOf(shortYear, NOW)).toBe(year);
  });

  it('compares instants, not years: just over 50 years ahead lies in the past', () => {
    const endOfApril = Date.UTC(2026, 3, 30);
    expect(yearOf('76', endOfApril)).toBe(1976);
    expect(yearOf('76', Date.UTC(2026, 4, 1))).toBe(2076);
  });

  it('looks over the end of a century', () => {
    expect(yearOf('10', Date.UTC(2090, 5, 1))).toBe(2110);
    expect(yearOf('60', Date.UTC(2090, 5, 1))).toBe(2060);
  });

  it('refuses a 29 February that its year does not have', () => {
    expect(parseHttpDate('Monday, 29-Feb-27 00:00:00 GMT', NOW)).toBeUndefined();
    expect(parseHttpDate('Tuesday, 29-Feb-00 00:00:00 GMT', NOW)).toBe(951_782_400_000);
  });
});

describe('formatHttpDate', () => {
  it('writes the preferred form', () => {
    expect(formatHttpDate(EXAMPLE)).toBe('Sun, 06 Nov 1994 08:49:37 GMT');
    expect(formatHttpDate(EXAMPLE + 999)).toBe('Sun, 06 Nov 1994 08:49:37 GMT');
  });

  it('is read back to the same second, for every date the form can write', () => {
    const seconds = fc.integer({ min: -62_167_219_200, max: 253_402_300_799 });
    fc.assert(
      fc.property(seconds, second => {
        expect(parseHttpDate(formatHttpDate(second * 1000), NOW)).toBe(second * 1000);
      }),
    );
  });

  it('stays a date of the form beyond its years', () => {
    expect(formatHttpDate(8.64e15)).toBe('Fri, 31 Dec 9999 23:59:59 GMT');
    expect(formatHttpDate(-8.64e15)).toBe('Sat, 01 Jan 0000 00:00:00 GMT');
  });
});

it('never throws, and never yields what is no instant', () => {
  const nearly = fc.stringMatching(
    /^(Sun|sunday|Foo)[, ]+\d{1,2}[ -](Nov|Feb)[ -]\d{2,4} \d{1,2}:\d\d:\d\d (GMT|UTC)?$/,
  );
  fc.assert(
    fc.property(fc.oneof(fc.string(), nearly), fc.integer({ min: 0, max: 4e12 }), (value, now) => {
      const instant = parseHttpDate(value, now);
      expect(instant === undefined || Number.isInteger(instant)).toBe(true);
    }),
  );
});
