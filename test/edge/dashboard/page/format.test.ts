import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../../rules/modules.ts';

/** A browser's module: it has no types. */
const { ago, bytes, compact, dollars, duration, percent, rate } = await import(
  join(ROOT, 'edge/dashboard/page/format.js')
);
const spaced = (text: string) => text.replaceAll('\u202f', ' ');

describe('figures', () => {
  it.each([
    [0, '0 %'],
    [0.0004, '<0.1 %'],
    [0.931, '93.1 %'],
    [0.29, '29.0 %'],
    [0.99999, '99.9 %'],
    [1, '100 %'],
    [null, '–'],
  ])('a ratio of %s is %s: never rounded up to all', (ratio, text) => {
    expect(spaced(percent(ratio))).toBe(text);
  });

  it.each([
    [0, '<1 ms'],
    [0.123, '0.12 ms'],
    [9.994, '9.99 ms'],
    [9.996, '10 ms'],
    [24.34, '24.3 ms'],
    [182.4, '182 ms'],
    [999.4, '999 ms'],
    [1_840, '1.84 s'],
    [12_345, '12.3 s'],
    [undefined, '–'],
  ])('%s ms are %s', (ms, text) => {
    expect(spaced(duration(ms))).toBe(text);
  });

  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1_000, '1 KB'],
    [14_700_000_000, '14.7 GB'],
    [9e18, '9,000,000 TB'],
  ])('%s bytes are %s', (n, text) => {
    expect(spaced(bytes(n))).toBe(text);
  });

  it.each([
    [0, '$0'],
    [0.0042, '$0.004'],
    [0.43, '$0.43'],
    [12.345, '$12.35'],
    [null, '–'],
  ])('%s dollars are %s', (usd, text) => {
    expect(dollars(usd)).toBe(text);
  });

  it.each([
    [rate(0.004), '<0.01'],
    [rate(76.84), '76.8'],
    [rate(12_400), '12.4K'],
    [compact(9_999), '9,999'],
    [compact(276_564), '277K'],
    [compact(0), '0'],
    [ago(-20), '0 s ago'],
    [ago(59_400), '59 s ago'],
    [ago(90_000), '2 min ago'],
    [ago(7_200_000), '2 h ago'],
  ])('%s', (given, text) => {
    expect(spaced(given)).toBe(text);
  });
});
