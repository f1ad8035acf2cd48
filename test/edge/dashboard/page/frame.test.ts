import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../../rules/modules.ts';

/** A browser's module: it has no types. */
const { decades, frameOf, MARGIN, steps } = await import(join(ROOT, 'edge/dashboard/page/frame.js'));

interface Point {
  readonly a: number | null;
  readonly b: number | null;
}
const series = [{ value: ({ a }: Point) => a }, { value: ({ b }: Point) => b }];
const size = { series, width: 600, height: 240 };
const value = fc.option(fc.double({ min: 0, max: 1e9, noNaN: true }), { nil: null });
const points = fc.array(fc.record({ a: value, b: value }), { minLength: 1, maxLength: 60 });

describe('a frame', () => {
  it.each([
    { scale: 'linear', stacked: true },
    { scale: 'linear', stacked: false },
    { scale: 'log', stacked: false },
  ])('holds every point: %j', options => {
    fc.assert(
      fc.property(points, given => {
        const frame = frameOf(given, { ...size, ...options });
        given.forEach(({ a, b }, at) => {
          const heights = options.stacked ? [(a ?? 0) + (b ?? 0)] : [a, b];
          for (const height of heights.filter(known => known !== null)) {
            expect(frame.y(height)).toBeGreaterThanOrEqual(MARGIN.top - 0.001);
            expect(frame.y(height)).toBeLessThanOrEqual(frame.bottom + 0.001);
          }
          expect(frame.x(at)).toBeLessThanOrEqual(size.width - MARGIN.right + 0.001);
          expect(frame.nearest(frame.x(at))).toBe(at);
        });
      }),
    );
  });

  it('is nearest to its ends from beyond them', () => {
    const frame = frameOf([{}, {}, {}], { ...size, series: [] });
    expect([frame.nearest(-50), frame.nearest(9_999)]).toEqual([0, 2]);
  });
});

it.each([
  [1, [0, 1]],
  [7, [0, 2, 4, 6, 8]],
  [6_100, [0, 2_000, 4_000, 6_000, 8_000]],
  [96, [0, 25, 50, 75, 100]],
])('steps to %s are %j', (most, marks) => {
  expect(steps(most)).toEqual(marks);
});

it.each([
  [[], [1, 10]],
  [
    [2, 80],
    [1, 10, 100],
  ],
  [
    [0.2, 4],
    [0.1, 1, 10],
  ],
  [[100], [1, 10, 100]],
])('decades around %j are %j', (values, marks) => {
  expect(decades(values)).toEqual(marks);
});
