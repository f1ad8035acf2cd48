import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isEager, planWindows, windowAt } from '../../../shared/cache/windows.ts';

const lifetime = { ttlMs: 100, staleMs: 50, failSafeMs: 25, jitterRatio: 0 };
const windows = { ...planWindows(lifetime, 1_000, () => 0.9), soft: false };

describe('the windows of a life', () => {
  it.each([
    [1_000, 'fresh'],
    [1_099, 'fresh'],
    [1_100, 'stale'],
    [1_149, 'stale'],
    [1_150, 'fail-safe'],
    [1_174, 'fail-safe'],
    [1_175, 'dead'],
  ])('at %d it is %s', (now, window) => expect(windowAt(windows, now)).toBe(window));

  it('are over at once where nothing was asked for', () => {
    const none = {
      ...planWindows({ ttlMs: 0, staleMs: 0, failSafeMs: 0, jitterRatio: 0 }, 5, () => 0),
      soft: false,
    };
    expect(windowAt(none, 5)).toBe('dead');
  });

  it('a soft purge ends the first', () => {
    expect(windowAt({ ...windows, soft: true }, 1_000)).toBe('stale');
    const plain = planWindows({ ...lifetime, staleMs: 0 }, 1_000, () => 0);
    expect(windowAt({ ...plain, soft: true }, 1_000)).toBe('fail-safe');
  });

  it('chance shortens freshness by its share at most, and lengthens nothing', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(share, share, (jitterRatio, chance) => {
        const { freshUntil, staleUntil } = planWindows({ ...lifetime, jitterRatio }, 0, () => chance);
        expect(freshUntil).toBeLessThanOrEqual(100);
        expect(freshUntil).toBeGreaterThanOrEqual(100 * (1 - jitterRatio) - 1e-9);
        expect(staleUntil).toBe(freshUntil + 50);
      }),
    );
  });
});

it('eager is the last part of freshness', () => {
  expect(isEager(windows, 100, 0.8, 1_079)).toBe(false);
  expect(isEager(windows, 100, 0.8, 1_080)).toBe(true);
  expect(isEager(windows, 100, 1, 1_099)).toBe(false);
});
