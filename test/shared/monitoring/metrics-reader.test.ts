import { expect, test } from 'vitest';
import { createMemoryMetricsStore } from '../../../shared/monitoring/memory-metrics-store.ts';
import { createMetricsReader } from '../../../shared/monitoring/metrics-reader.ts';
import type { MetricsStore } from '../../../shared/monitoring/metrics-store.ts';
import { spanOf } from '../../../shared/monitoring/period.ts';
import { parseSamples } from '../../../shared/monitoring/sample.ts';
import { RedisUnavailable } from '../../../shared/redis/redis.ts';
import { batch, textsOf } from '../../contracts/metrics-store.ts';
import { withChaos } from '../../fakes/chaos.ts';
import { createTestClock } from '../../fakes/clock.ts';

async function readers() {
  const clock = createTestClock();
  const [own, all] = [createMemoryMetricsStore(), createMemoryMetricsStore()];
  await own.add(batch(clock(), { a: 'c1' }, ['own']));
  await all.add(batch(clock(), { a: 'c10' }, ['all']));
  let [isDown, flushes] = [false, 0];
  const shared = withChaos<MetricsStore>(all, {
    before() {
      if (isDown) throw new RedisUnavailable('down');
    },
  });
  const flush = async () => void flushes++;
  const untaken = () => parseSamples([['a', 'c5']]);
  const span = () => spanOf(60_000, clock());
  return {
    span,
    all,
    own,
    flushes: () => flushes,
    fall: () => (isDown = true),
    reader: createMetricsReader({ own, shared, flush, untaken }),
    alone: createMetricsReader({ own, shared: undefined, flush, untaken: () => new Map() }),
  };
}

test('all isolates’, when they can be had: after a flush, so that one’s own last request is among them', async () => {
  const { reader, span, flushes } = await readers();
  const { value, counts, reason } = await reader.read(span());
  expect([value.map(textsOf), counts, reason]).toEqual([[{ a: 'c10' }], 'all-isolates', null]);
  expect((await reader.notes()).value).toEqual(['all']);
  expect(textsOf((await reader.total()).value)).toEqual({ a: 'c10' });
  expect(flushes()).toBe(3);
});

test('while they cannot: this one’s, with what could not be taken yet; but no totals', async () => {
  const { reader, span, fall } = await readers();
  fall();
  const { value, counts, reason } = await reader.read(span());
  expect([value.map(textsOf), counts]).toEqual([[{ a: 'c6' }], 'this-isolate']);
  expect(reason).toMatch(/does not answer/);
  expect((await reader.notes()).value).toEqual(['own']);
  await expect(reader.total()).rejects.toThrow(RedisUnavailable);
  await expect(reader.reset()).rejects.toThrow(RedisUnavailable);
});

test('without Redis this one’s are all there are', async () => {
  const { alone, span } = await readers();
  expect(await alone.read(span())).toMatchObject({
    counts: 'this-isolate',
    reason: expect.stringMatching(/no Redis/),
  });
  expect(textsOf((await alone.total()).value)).toEqual({ a: 'c1' });
});

test('a reset is for both', async () => {
  const { reader, own, all, span } = await readers();
  expect(await reader.reset()).toMatchObject({ counts: 'all-isolates' });
  for (const store of [own, all]) expect((await store.read(span())).map(textsOf)).toEqual([{}]);
});
