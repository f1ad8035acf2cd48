import { describe, expect, test } from 'vitest';
import { createRegistry } from '../../../shared/monitoring/registry.ts';
import { countOf, parseSample, type Spread } from '../../../shared/monitoring/sample.ts';
import { createMixture } from './mixture.ts';

test('what is taken is what was counted since the last time', () => {
  const registry = createRegistry();
  const [asked, open, took] = [
    registry.slot('counter', 'asked_total', { by: 'us' }),
    registry.slot('gauge', 'open'),
    registry.slot('durations', 'took'),
  ];
  registry.add(asked);
  registry.add(asked, 4);
  registry.set(open, -2.5);
  registry.observe(took, 3);
  registry.observe(took, 3.1);
  expect(registry.updates()).toBe(5);
  expect([...registry.take()]).toEqual([
    ['asked_total{by="us"}', 'c5'],
    ['open', 'g-2.5'],
    ['took', expect.stringMatching(/^t6100,\d+:2$/)],
  ]);
  expect([registry.updates(), registry.take().size]).toEqual([0, 0]);
  registry.add(asked);
  expect([...registry.take()]).toEqual([['asked_total{by="us"}', 'c1']]);
});

test('a series has one slot, and cannot be two kinds of things', () => {
  const registry = createRegistry();
  const slot = registry.slot('counter', 'a', { x: '1', y: '2' });
  expect(registry.slot('counter', 'a', { y: '2', x: '1' })).toBe(slot);
  expect(() => registry.slot('gauge', 'a', { x: '1', y: '2' })).toThrow(/as counter/);
});

test.each([-1, Number.NaN, Number.POSITIVE_INFINITY])(
  'a counter does not grow by %d, a gauge stands at numbers',
  by => {
    const registry = createRegistry();
    expect(() => registry.add(registry.slot('counter', 'a'), by)).toThrow(RangeError);
    if (by !== -1) expect(() => registry.set(registry.slot('gauge', 'b'), by)).toThrow(RangeError);
  },
);

describe('too many series', () => {
  test('are counted together: none is lost, and there are never more than 256', () => {
    const registry = createRegistry();
    const totals = { counted: 0, series: new Set<string>() };
    for (let n = 0; n < 10_000; n++) {
      registry.add(registry.slot('counter', 'asked_total', { path: `/${n}`, method: `M${n}` }));
      registry.observe(registry.slot('durations', 'took', { host: `h${n}` }), n);
      if (n % 1_000 !== 999) continue;
      for (const [series, text] of registry.take()) {
        totals.series.add(series);
        const sample = parseSample(text);
        if (series.startsWith('asked_total') && sample?.kind === 'counter') totals.counted += sample.value;
      }
    }
    expect(totals.counted).toBe(10_000);
    expect(totals.series.size).toBeLessThanOrEqual(256);
    expect(totals.series).toContain('asked_total{method="other",path="other"}');
  });

  test('of so many metrics that not even their sums have room are counted as dropped', () => {
    const registry = createRegistry();
    for (let n = 0; n < 10_000; n++) registry.add(registry.slot('counter', `metric_${n}`));
    const taken = registry.take();
    expect(taken.size).toBeLessThanOrEqual(256);
    const of = (series: string) => Number(taken.get(series)?.slice(1));
    const kept = [...taken.keys()].filter(series => series.startsWith('metric_')).length;
    expect(of('metrics_dropped_total')).toBe(10_000 - kept);
  });
});

test('parts of one are told to a millionth and without exponents; what cannot be added exactly is refused', () => {
  const registry = createRegistry();
  const slot = registry.slot('counter', 'a_total');
  for (const by of [0.000001, 0.00000001]) registry.add(slot, by);
  expect(registry.take().get('a_total')).toBe('c0.000001');
  registry.add(slot, 1e-9);
  expect(registry.take().get('a_total')).toBe('c0');
  expect(() => registry.add(slot, 1e21)).toThrow(RangeError);
});

test('a name that is counted in two ways disturbs no other when both are folded', () => {
  const registry = createRegistry({ mostSeries: 40, mostSpreads: 20 });
  const first = registry.slot('durations', 'first');
  for (let n = 0; n < 50; n++) registry.slot('counter', 'mixed', { n: `${n}` });
  const folded = registry.slot('durations', 'mixed', { n: 'new' });
  for (const ms of [1, 2, 3]) registry.observe(folded, ms);
  registry.observe(first, 1);
  const taken = registry.take();
  expect(taken.get('first')).toMatch(/^t1000,\d+:1$/);
  expect(taken.get('metrics_dropped_total')).toBe('c3');
});

test('memory stays below 64 KB when every slot and every bucket is in use', () => {
  const registry = createRegistry();
  const next = createMixture(1);
  for (let n = 0; n < 300; n++) {
    const labels = { route: `/products/${n}/reviews`, method: 'GET', outcome: 'revalidated', status: '2xx' };
    registry.add(registry.slot('counter', 'edge_requests_total', labels), 1_000);
    const took = registry.slot('durations', 'edge_request_duration_seconds', { route: labels.route });
    for (let again = 0; again < 2_000; again++) registry.observe(took, next());
  }
  const taken = registry.take();
  const texts = [...taken].reduce((sum, [series, text]) => sum + series.length + text.length, 0);
  // Of each slot a sum, a mark and the place of its buckets; of 40 the buckets.
  const slots = 256 * (8 + 1 + 1) + 40 * 105 * 4;
  const spreads = [...taken.values()].filter(text => text.startsWith('t')).map(parseSample) as Spread[];
  expect(spreads.reduce((sum, spread) => sum + countOf(spread), 0)).toBe(600_000);
  expect(texts + slots).toBeLessThan(64 * 1024);
});
