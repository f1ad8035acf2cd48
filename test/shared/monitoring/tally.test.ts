import { describe, expect, test } from 'vitest';
import { parseSamples, type Spread } from '../../../shared/monitoring/sample.ts';
import { createTally, latencyOf, mergeSamples, ratioOf } from '../../../shared/monitoring/tally.ts';

const samples = parseSamples([
  ['asked_total{route="/a",status="2xx"}', 'c5'],
  ['asked_total{route="/a",status="5xx"}', 'c1'],
  ['asked_total{route="/b",status="2xx"}', 'c2'],
  ['asked_total_more', 'c100'],
  ['took{route="/a"}', 't4000,3:1'],
  ['took{route="/b"}', 't1000,3:2,9:1'],
  ['open', 'g7'],
]);

test('counters are summed where their labels are as asked', () => {
  const tally = createTally(samples);
  expect(tally.counter('asked_total')).toBe(8);
  expect(tally.counter('asked_total', { route: '/a' })).toBe(6);
  expect(tally.counter('asked_total', { route: '/a', status: '5xx' })).toBe(1);
  expect(tally.counter('asked_total', { colour: 'red' })).toBe(0);
  expect([tally.counter('none'), tally.counter('open')]).toEqual([0, 0]);
});

test('spreads are added up', () => {
  const tally = createTally(samples);
  expect(tally.spread('took')).toEqual({
    kind: 'durations',
    sumThousandths: 5_000,
    counts: new Map([
      [3, 3],
      [9, 1],
    ]),
  });
  expect(tally.spread('took', { route: '/b' })).toMatchObject({ sumThousandths: 1_000 });
  expect(tally.spread('none').counts.size).toBe(0);
});

test('the values that a label has', () => {
  expect(createTally(samples).valuesOf('asked_total', 'route')).toEqual(['/a', '/b']);
});

test('stretches of time become one', () => {
  const merged = createTally(mergeSamples([samples, samples, new Map()]));
  expect([merged.counter('asked_total'), merged.spread('took').sumThousandths]).toEqual([16, 10_000]);
});

describe('latencies', () => {
  test('are null where there was nothing', () => {
    const nothing: Spread = { kind: 'durations', sumThousandths: 0, counts: new Map() };
    expect(latencyOf(nothing)).toEqual({ meanMs: null, p50Ms: null, p95Ms: null, p99Ms: null });
  });

  test('are told in three digits', () => {
    const spread: Spread = { kind: 'durations', sumThousandths: 1_000_000, counts: new Map([[47, 3]]) };
    expect(latencyOf(spread)).toMatchObject({ meanMs: 333, p50Ms: 106 });
  });
});

test.each([
  [1, 4, 0.25],
  [0, 0, null],
  [-1, 4, 0],
  [5, 4, 1],
])('%d of %d is %d', (part, whole, ratio) => {
  expect(ratioOf(part, whole)).toBe(ratio);
});
