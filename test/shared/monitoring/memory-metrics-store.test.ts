import { expect, test } from 'vitest';
import { createMemoryMetricsStore } from '../../../shared/monitoring/memory-metrics-store.ts';
import { spanOf } from '../../../shared/monitoring/period.ts';
import { formatSample } from '../../../shared/monitoring/sample.ts';
import { batch } from '../../contracts/metrics-store.ts';
import { createTestClock } from '../../fakes/clock.ts';

const MINUTE = 60_000;

test('a day of many series takes at most 256 KB: the oldest minutes go first', async () => {
  const clock = createTestClock();
  const store = createMemoryMetricsStore();
  const samples = Object.fromEntries(
    Array.from({ length: 200 }, (_, n) => [`requests_total{route="/a/route/with/a/name/${n}"}`, 'c1']),
  );
  for (let minute = 0; minute < 24 * 60; minute += 5) {
    await store.add(batch(clock(), samples));
    clock.advance(5 * MINUTE);
  }
  const day = await store.read(spanOf(24 * 60 * MINUTE, clock()));
  const hour = await store.read(spanOf(60 * MINUTE, clock()));
  const bytes = [...day, ...hour].reduce(
    (sum, period) =>
      sum + [...period].reduce((all, [series, one]) => all + series.length + formatSample(one).length, 0),
    0,
  );
  expect(bytes).toBeLessThanOrEqual(256 * 1024);
  expect(hour.at(-6)?.size).toBe(200);
  expect((await store.total()).get('requests_total{route="/a/route/with/a/name/7"}')).toMatchObject({
    value: 288,
  });
});
