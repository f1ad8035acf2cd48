/**
 * Counts of one isolate in its own memory: what is told where there is no Redis, or none that answers.
 *
 * Memory is bounded: when the periods become too many or too large, the oldest are forgotten first.
 *
 * Units   bytes, of the texts
 * Errors  none
 * Cost    memory only, at most 256 KB
 */

import { type MetricsStore, MOST_NOTES } from './metrics-store.ts';
import { RESOLUTIONS, startOf } from './period.ts';
import { addSamples, formatSample, parseSample, parseSamples } from './sample.ts';

const MOST_BYTES = 256 * 1024;
const MOST_IDS = 8;

export function createMemoryMetricsStore(): MetricsStore {
  const totals = new Map<string, string>();
  const periods = new Map<string, Map<string, string>>();
  const ids: string[] = [];
  let notes: string[] = [];

  function addTo(texts: Map<string, string>, samples: ReadonlyMap<string, string>): void {
    for (const [series, text] of samples) {
      const sample = parseSample(text);
      if (sample) texts.set(series, formatSample(addSamples(parseSample(texts.get(series) ?? ''), sample)));
    }
  }

  function periodOf(key: string): Map<string, string> {
    const period = periods.get(key) ?? new Map<string, string>();
    periods.set(key, period);
    return period;
  }

  function forgetOldest(): void {
    let bytes = [...periods.values()].reduce((sum, period) => sum + bytesOf(period), 0);
    for (const [key, period] of periods) {
      if (bytes <= MOST_BYTES || periods.size <= RESOLUTIONS.length) return;
      periods.delete(key);
      bytes -= bytesOf(period);
    }
  }

  return {
    async add(batch) {
      if (ids.includes(batch.id)) return;
      ids.unshift(batch.id);
      ids.length = Math.min(ids.length, MOST_IDS);
      addTo(totals, batch.samples);
      for (const { stepMs } of RESOLUTIONS)
        addTo(periodOf(keyOf(stepMs, startOf(batch.countedAt, stepMs))), batch.samples);
      notes = [...batch.notes.toReversed(), ...notes].slice(0, MOST_NOTES);
      forgetOldest();
    },
    total: async () => parseSamples(totals),
    read: async ({ stepMs, startsAt }) =>
      startsAt.map(start => parseSamples(periods.get(keyOf(stepMs, start)) ?? new Map())),
    notes: async () => notes,
    async reset() {
      periods.clear();
      notes = [];
    },
  } satisfies MetricsStore;
}

function keyOf(stepMs: number, start: number): string {
  return `${stepMs}:${start}`;
}

function bytesOf(period: ReadonlyMap<string, string>): number {
  return [...period].reduce((sum, [series, text]) => sum + series.length + text.length, 0);
}
