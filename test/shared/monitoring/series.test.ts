import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldSeries, formatSeries, parseSeries } from '../../../shared/monitoring/series.ts';

test('labels stand in the order of their names, whichever way they were given', () => {
  expect(formatSeries('a_total', { z: '1', b: '2' })).toBe('a_total{b="2",z="1"}');
  expect(formatSeries('a_total')).toBe('a_total');
});

test('what is written is read as it was, whatever a value holds', () => {
  const value = fc.string({ unit: fc.constantFrom('"', '\\', '\n', '{', '}', ',', '=', 'é', 'n', ' ') });
  fc.assert(
    fc.property(value, value, (first, second) => {
      const labels = { first, second };
      expect(parseSeries(formatSeries('a', labels))).toEqual({ name: 'a', labels });
    }),
  );
});

test('a series is folded by making all its labels `other`', () => {
  expect(foldSeries('a_total{route="/x{\\"y\\"}",status="2xx"}')).toBe(
    'a_total{route="other",status="other"}',
  );
});

test('a long value is cut', () => {
  expect(parseSeries(formatSeries('a', { b: 'x'.repeat(1_000) })).labels.b).toHaveLength(64);
});

describe('names that Prometheus does not take are refused', () => {
  test.each(['', '1a', 'a-b', 'a b', 'ä', 'a'.repeat(101)])('metric %j', name => {
    expect(() => formatSeries(name)).toThrow(RangeError);
  });

  test.each(['', 'le', '__name__', 'a-b', '1'])('label %j', label => {
    expect(() => formatSeries('a', { [label]: 'x' })).toThrow(RangeError);
  });
});
