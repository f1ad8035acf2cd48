/**
 * Sums over series: of one metric, those whose labels are as asked.
 *
 * Shape   samples -> counter(name, {route: '/a'}), spread(name), by(name, 'route')
 * Errors  none (total): of what was never counted there are none
 */

import {
  addSamples,
  meanOf,
  percentileOf,
  type Sample,
  type Samples,
  type Spread,
  sumSpreads,
} from './sample.ts';
import { type Labels, parseSeries } from './series.ts';

export interface Tally {
  counter(name: string, where?: Labels): number;
  spread(name: string, where?: Labels): Spread;
  /** The values that a label has. */
  valuesOf(name: string, label: string): readonly string[];
}

export interface Latency {
  readonly meanMs: number | null;
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly p99Ms: number | null;
}

export function createTally(samples: Samples): Tally {
  const all = [...samples].map(([text, sample]) => ({ ...parseSeries(text), sample }));
  const matching = (name: string, where: Labels = {}) =>
    all.filter(
      one => one.name === name && Object.entries(where).every(([label, is]) => one.labels[label] === is),
    );
  return {
    counter: (name, where) =>
      matching(name, where).reduce(
        (sum, { sample }) => sum + (sample.kind === 'counter' ? sample.value : 0),
        0,
      ),
    spread: (name, where) => sumSpreads(matching(name, where).map(({ sample }) => sample)),
    valuesOf: (name, label) => [...new Set(matching(name).map(({ labels }) => labels[label] ?? ''))],
  };
}

/** Several stretches of time as one. */
export function mergeSamples(all: readonly Samples[]): Samples {
  const merged = new Map<string, Sample>();
  for (const samples of all)
    for (const [series, sample] of samples) merged.set(series, addSamples(merged.get(series), sample));
  return merged;
}

export function latencyOf(spread: Spread): Latency {
  const at = (share: number) => rounded(percentileOf(spread, share));
  return {
    meanMs: rounded(meanOf(spread)),
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    p99Ms: at(0.99),
  };
}

/** Null where there is nothing to divide by. */
export function ratioOf(part: number, whole: number): number | null {
  return whole > 0 ? Math.min(1, Math.max(0, part / whole)) : null;
}

function rounded(value: number | undefined): number | null {
  return value === undefined ? null : Number(value.toPrecision(3));
}
