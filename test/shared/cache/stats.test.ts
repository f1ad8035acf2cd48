import { expect, it } from 'vitest';
import { createStats, percentileMs } from '../../../shared/cache/stats.ts';
import { createCacheHome } from '../../fakes/cache.ts';

it('counts what happened, by level', async () => {
  const home = await createCacheHome();
  await home.open().set('k', 1);
  const cache = home.open();
  for (let i = 0; i < 3; i++) await cache.get('k');
  await cache.get('none');
  await cache.getOrLoad('l', () => 1);
  await cache.getOrLoad('f', () => Promise.reject(new Error('no'))).catch(() => {});
  const stats = cache.stats();
  expect(stats).toMatchObject({ hits: { L1: 2, L2: 1 }, misses: 3, loads: 1, loadFailures: 1, staleHits: 0 });
  expect(stats.hitRatio).toEqual({ L1: 2 / 6, L2: 1 / 6 });
  // Four reads of one command, and one write.
  expect(stats).toMatchObject({ trips: 5, commands: 5, billedCommands: 5 });
});

it('reads percentiles off its buckets', () => {
  const { onEvent, stats } = createStats();
  expect(percentileMs(stats().redisLatency, 0.5)).toBeUndefined();
  for (const tookMs of [0, 1, 3, 3, 200, 1e6])
    onEvent({ kind: 'trip', commands: 1, billed: 3, tookMs, failed: false });
  const { redisLatency, billedCommands } = stats();
  expect(billedCommands).toBe(18);
  expect([0.3, 0.5, 0.8, 1].map(ratio => percentileMs(redisLatency, ratio))).toEqual([
    1,
    4,
    256,
    Number.POSITIVE_INFINITY,
  ]);
});

it('counts failures, what could not be read, and what compression saved', () => {
  const { onEvent, stats } = createStats();
  onEvent({ kind: 'level-failed', operation: 'read', error: 1 });
  onEvent({ kind: 'value-unreadable', key: 'k' });
  onEvent({ kind: 'compressed', key: 'k', savedBytes: 900 });
  onEvent({ kind: 'hit', key: 'k', level: 'L2', stale: true });
  expect(stats()).toMatchObject({ levelFailures: 1, unreadable: 1, bytesSaved: 900, staleHits: 1 });
});
