/**
 * What all isolates of the edge counted in the last day.
 *
 * Errors  Error with the reason, where only this isolate's counts could be had: they would be taken for all
 * Cost    as the stats of 24h: a flush, and one trip more
 */

import type { Stats } from '../../shared/api/performance.ts';
import type { MetricsPlan } from '../../shared/config/metrics-schema.ts';
import { edgeFigures } from '../../shared/monitoring/edge-figures.ts';
import type { MetricsReader } from '../../shared/monitoring/metrics-reader.ts';
import { spanOf } from '../../shared/monitoring/period.ts';
import { mergeSamples } from '../../shared/monitoring/tally.ts';
import type { Clock } from '../../shared/primitives/clock.ts';

export interface LastDayDeps {
  readonly reader: Pick<MetricsReader, 'read'>;
  readonly metrics: MetricsPlan;
  readonly clock: Clock;
}

export const DAY_MS = 24 * 60 * 60 * 1_000;

export async function readLastDay({ reader, metrics, clock }: LastDayDeps): Promise<Omit<Stats, 'scope'>> {
  if (!metrics.enabled) throw new Error('Metrics are switched off: nothing is counted.');
  const { value, counts, reason } = await reader.read(spanOf(DAY_MS, clock()));
  if (counts !== 'all-isolates') throw new Error(reason ?? 'Only one isolate’s counts can be had.');
  const { redisUsdPer100kCommands: usdPer100kCommands } = metrics;
  return edgeFigures(mergeSamples(value), { lastingMs: DAY_MS, usdPer100kCommands, breaker: 'absent' });
}
