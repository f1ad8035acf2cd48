import { describe, expect, it } from 'vitest';
import { DAY_MS, readLastDay } from '../../../edge/api/last-day.ts';
import { metricsPlanOf } from '../../../shared/config/metrics-schema.ts';
import type { MetricsReader } from '../../../shared/monitoring/metrics-reader.ts';

const NOW = 1_800_000_000_000;
const metrics = metricsPlanOf({} as Parameters<typeof metricsPlanOf>[0], 'on');

function readerOf(counts: 'all-isolates' | 'this-isolate', reason: string | null) {
  const spans: { fromAt: number; toAt: number }[] = [];
  const read: MetricsReader['read'] = async span => {
    spans.push(span);
    return { value: [], counts, reason };
  };
  return { read, spans };
}

describe('the last day', () => {
  it('is that of all isolates', async () => {
    const { read, spans } = readerOf('all-isolates', null);
    const figures = await readLastDay({ reader: { read }, metrics, clock: () => NOW });
    expect(figures.requests.total).toBe(0);
    expect((spans[0]?.toAt ?? 0) - (spans[0]?.fromAt ?? 0)).toBeGreaterThan(0.95 * DAY_MS);
  });

  it('is not told from one isolate’s counts', async () => {
    const { read } = readerOf('this-isolate', 'Redis does not answer.');
    await expect(readLastDay({ reader: { read }, metrics, clock: () => NOW })).rejects.toThrow(
      'Redis does not answer.',
    );
  });

  it('is not told where nothing is counted', async () => {
    const { read } = readerOf('all-isolates', null);
    const off = { ...metrics, enabled: false };
    await expect(readLastDay({ reader: { read }, metrics: off, clock: () => NOW })).rejects.toThrow(
      'switched off',
    );
  });
});
