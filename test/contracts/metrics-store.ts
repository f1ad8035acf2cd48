/**
 * What every place that counts are added up in promises.
 */

import { beforeEach, describe, expect, test } from 'vitest';
import type { Batch, MetricsStore } from '../../shared/monitoring/metrics-store.ts';
import { COARSE, FINE, spanOf } from '../../shared/monitoring/period.ts';
import { formatSample, type Samples } from '../../shared/monitoring/sample.ts';
import { createTestClock, type TestClock } from '../fakes/clock.ts';

export type OpenStore = (clock: TestClock) => Promise<MetricsStore>;

const MINUTE = 60_000;
/** On the hour. */
const START = 1_800_000_000_000;

let ids = 0;

export function batch(
  countedAt: number,
  samples: Record<string, string>,
  notes: readonly string[] = [],
): Batch {
  return { id: `batch-${ids++}`, countedAt, samples: new Map(Object.entries(samples)), notes };
}

export function metricsStoreContract(name: string, open: OpenStore): void {
  describe(`counts in ${name}`, () => {
    let clock: TestClock;
    let store: MetricsStore;
    beforeEach(async () => {
      clock = createTestClock(START);
      store = await open(clock);
    });

    const within = async (windowMs: number) => (await store.read(spanOf(windowMs, clock()))).map(textsOf);

    test('are none at first', async () => {
      expect((await store.total()).size).toBe(0);
      expect(await within(5 * MINUTE)).toEqual([{}, {}, {}, {}, {}]);
      expect(await store.notes()).toEqual([]);
    });

    test('add up, by the kind of each', async () => {
      await store.add(batch(clock(), { a: 'c2', b: 'g5', c: 't1500,3:1,7:2', d: 'h10,1:1' }));
      await store.add(batch(clock(), { a: 'c3', b: 'g-4.25', c: 't500,7:1,9:4' }));
      const expected = { a: 'c5', b: 'g-4.25', c: 't2000,3:1,7:3,9:4', d: 'h10,1:1' };
      expect(textsOf(await store.total())).toEqual(expected);
      expect((await within(5 * MINUTE)).at(-1)).toEqual(expected);
    });

    test('stay whole where others would be rounded', async () => {
      await store.add(batch(clock(), { a: `c${2 ** 52}`, b: 'c0.5', c: `t${2 ** 52},1:4000000000` }));
      await store.add(batch(clock(), { a: 'c1', b: 'c0.25', c: 't1,1:4000000000' }));
      expect(textsOf(await store.total())).toEqual({
        a: `c${2 ** 52 + 1}`,
        b: 'c0.75',
        c: `t${2 ** 52 + 1},1:8000000000`,
      });
    });

    test('of parts of one are exact to a millionth', async () => {
      for (const _ of [1, 2, 3]) await store.add(batch(clock(), { a: 'c0.000001' }));
      await store.add(batch(clock(), { a: 'c1' }));
      const sum = (await store.total()).get('a');
      expect(sum?.kind === 'counter' && sum.value).toBeCloseTo(1.000003, 9);
    });

    test('of a batch that is sent again are added once', async () => {
      const sent = batch(clock(), { a: 'c2' }, ['note']);
      await store.add(sent);
      await store.add(batch(clock(), { a: 'c1' }));
      await store.add(sent);
      expect(textsOf(await store.total())).toEqual({ a: 'c3' });
      expect(await store.notes()).toEqual(['note']);
    });

    test('are found by the minute in which they came, and by ten minutes', async () => {
      await store.add(batch(clock(), { a: 'c1' }));
      clock.advance(2 * MINUTE);
      await store.add(batch(clock(), { a: 'c20' }));
      expect(await within(5 * MINUTE)).toEqual([{}, {}, { a: 'c1' }, {}, { a: 'c20' }]);
      expect((await within(6 * 60 * MINUTE)).at(-1)).toEqual({ a: 'c21' });
      clock.advance(10 * MINUTE);
      await store.add(batch(clock(), { a: 'c300' }));
      expect((await within(6 * 60 * MINUTE)).slice(-2)).toEqual([{ a: 'c21' }, { a: 'c300' }]);
      expect(await within(6 * 60 * MINUTE)).toHaveLength(36);
    });

    test('that come late belong to the minute they were counted in, also for who has seen it empty', async () => {
      await store.add(batch(clock(), { a: 'c1' }));
      const countedAt = clock() + MINUTE;
      clock.advance(4 * MINUTE);
      expect(await within(5 * MINUTE)).toEqual([{ a: 'c1' }, {}, {}, {}, {}]);
      for (const n of [20, 300]) {
        await store.add(batch(countedAt, { a: `c${n}` }));
        expect((await within(5 * MINUTE)).slice(0, 3)).toEqual([
          { a: 'c1' },
          { a: `c${n === 20 ? 20 : 320}` },
          {},
        ]);
      }
      expect((await within(6 * 60 * MINUTE)).at(-1)).toEqual({ a: 'c321' });
    });

    test('are the same when asked for again, and when a minute has grown since', async () => {
      await store.add(batch(clock(), { a: 'c1' }));
      expect((await within(5 * MINUTE)).at(-1)).toEqual({ a: 'c1' });
      await store.add(batch(clock(), { a: 'c1' }));
      clock.advance(MINUTE);
      expect((await within(5 * MINUTE)).slice(-2)).toEqual([{ a: 'c2' }, {}]);
      clock.advance(2 * MINUTE);
      for (const _ of [1, 2]) expect((await within(5 * MINUTE)).slice(-4)).toEqual([{ a: 'c2' }, {}, {}, {}]);
    });

    test('are gone after a reset, but for the totals', async () => {
      await store.add(batch(clock(), { a: 'c1' }, ['before']));
      clock.advance(MINUTE);
      await within(60 * MINUTE);
      await store.add(batch(clock(), { a: 'c2' }));
      await store.reset();
      await store.add(batch(clock(), { a: 'c4' }, ['after']));
      expect((await within(60 * MINUTE)).filter(period => period.a)).toEqual([{ a: 'c4' }]);
      expect((await within(24 * 60 * MINUTE)).at(-1)).toEqual({ a: 'c4' });
      expect(textsOf(await store.total())).toEqual({ a: 'c7' });
      expect(await store.notes()).toEqual(['after']);
    });

    test('come with notes: the latest first, at most a hundred', async () => {
      await store.add(batch(clock(), {}, ['1', '2']));
      await store.add(batch(clock(), {}, ['3']));
      expect(await store.notes()).toEqual(['3', '2', '1']);
      await store.add(
        batch(
          clock(),
          {},
          Array.from({ length: 150 }, (_, n) => `n${n}`),
        ),
      );
      expect(await store.notes()).toHaveLength(100);
      expect((await store.notes())[0]).toBe('n149');
    });

    test('are kept as long as they are asked for', async () => {
      await store.add(batch(clock(), { a: 'c1' }));
      clock.advance(59 * MINUTE);
      expect((await within(60 * MINUTE))[0]).toEqual({ a: 'c1' });
      clock.advance(23 * 60 * MINUTE);
      expect((await within(24 * 60 * MINUTE)).filter(period => period.a)).toEqual([{ a: 'c1' }]);
      expect([FINE.keptMs, COARSE.keptMs]).toEqual([120 * MINUTE, 26 * 60 * MINUTE]);
    });
  });
}

export function textsOf(samples: Samples): Record<string, string> {
  const sorted = [...samples].map(([series, sample]) => [series, formatSample(inOrder(sample))] as const);
  return Object.fromEntries(sorted);
}

function inOrder(sample: Parameters<typeof formatSample>[0]): typeof sample {
  if (!('counts' in sample)) return sample;
  return { ...sample, counts: new Map([...sample.counts].sort(([a], [b]) => a - b)) };
}
