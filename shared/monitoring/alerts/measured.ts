/**
 * What a measure comes to in some samples: the sum of its series.
 *
 * Shape   samples, measure -> a count, a spread of durations, or the highest of its gauges
 * Units   as the measure says; durations ms
 * Errors  none (total); undefined for a gauge that nobody set
 */

import { BOUNDS } from '../buckets.ts';
import { type Sample, type Samples, type Spread, sumSpreads } from '../sample.ts';
import { parseSeries } from '../series.ts';
import type { Measure } from './measures.ts';

/** Only the series of a measure, each under its own labels. */
export function choose(samples: Samples, { metric, where = {} }: Measure): readonly Sample[] {
  return [...samples].flatMap(([text, sample]) => {
    const { name, labels } = parseSeries(text);
    const fits = Object.entries(where).every(([label, values]) => values.includes(labels[label] ?? ''));
    return name === metric && fits ? [sample] : [];
  });
}

/** Of durations: how many there are, or how many above the measure's bound. */
export function countIn(samples: Samples, measure: Measure): number {
  return choose(samples, measure).reduce((sum, sample) => sum + countOne(sample, measure.aboveMs), 0);
}

export function spreadIn(samples: Samples, measure: Measure): Spread {
  return sumSpreads(choose(samples, measure));
}

export function gaugeIn(samples: Samples, measure: Measure): number | undefined {
  const values = choose(samples, measure).flatMap(one => (one.kind === 'gauge' ? [one.value] : []));
  return values.length === 0 ? undefined : Math.max(...values) * (measure.scale ?? 1);
}

function countOne(sample: Sample, aboveMs: number | undefined): number {
  if (sample.kind === 'counter') return sample.value;
  if (!('counts' in sample)) return 0;
  const last = aboveMs === undefined ? -1 : BOUNDS.indexOf(aboveMs);
  return [...sample.counts].reduce((sum, [at, n]) => sum + (at > last ? n : 0), 0);
}
