import { describe, expect, it } from 'vitest';
import {
  isPlain,
  qualifiedBy,
  secondsOf,
  smallerOf,
  smallerStalenessOf,
  stricterOf,
} from '../../../shared/http/directive-values.ts';

const bare = { name: 'x', malformed: false };
const broken = { name: 'x', malformed: true };
const given = (argument: string) => ({ name: 'x', argument, malformed: false });

describe('a directive as a value', () => {
  it('permits only in its exact form', () => {
    expect([bare, broken, given('1'), given('')].map(isPlain)).toEqual([true, false, false, false]);
  });

  it('is a duration of whole seconds, else 0 (RFC 9111 §4.2.1)', () => {
    expect([given('60'), given('99999999999'), given('1.5'), given(''), bare].map(secondsOf)).toEqual([
      60,
      2 ** 31,
      0,
      0,
      0,
    ]);
    expect(secondsOf({ ...given('60'), malformed: true })).toBe(0);
  });

  it('names fields, or means the whole response', () => {
    expect(qualifiedBy(given(' X-A ,x-b'))).toEqual(['x-a', 'x-b']);
    for (const whole of [bare, broken, given(''), given('a b'), given('x-a, Vary')])
      expect(qualifiedBy(whole)).toBe(true);
    expect(qualifiedBy({ ...given('x-a'), malformed: true })).toBe(true);
  });
});

describe('of two, the stricter', () => {
  it('is the smaller duration', () => {
    expect([smallerOf(undefined, 5), smallerOf(3, 5), smallerOf(5, 0)]).toEqual([5, 3, 0]);
  });

  it('is a bound rather than any staleness', () => {
    expect(smallerStalenessOf(undefined, bare)).toBe('any');
    expect(smallerStalenessOf('any', given('5'))).toBe(5);
    expect(smallerStalenessOf(5, bare)).toBe(5);
    expect(smallerStalenessOf(5, broken)).toBe(0);
  });

  it('is the whole response rather than some fields, and more fields rather than fewer', () => {
    expect(stricterOf(['a'], true)).toBe(true);
    expect(stricterOf(true, ['a'])).toBe(true);
    expect(stricterOf(false, ['a'])).toEqual(['a']);
    expect(stricterOf(['a'], ['b'])).toEqual(['a', 'b']);
  });
});
