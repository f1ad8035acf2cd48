import { expect, test } from 'vitest';
import { warmMetrics } from '../../../functions/warm-cache/warm-metrics.ts';
import { formatEmf } from '../../../shared/monitoring/emf.ts';

test('a run is told with all that it did', () => {
  const line = warmMetrics(
    { requested: 9, hits: 4, stored: 3, failed: 2, skipped: 1, ms: 1_250 },
    1_800_000_000_000,
  );
  expect(JSON.parse(formatEmf(line))).toMatchObject({
    function: 'warm-cache',
    PathsRequested: 9,
    PathsHit: 4,
    PathsStored: 3,
    PathsFailed: 2,
    PathsSkipped: 1,
    Duration: 1_250,
  });
});
