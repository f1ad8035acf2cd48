/**
 * What a signal comes to in one period, and of how many samples.
 *
 * Shape   signal, the minutes of the period and of the hour before -> Datapoint; a value is absent where nothing was measured
 * Units   as the signal's
 * Errors  none (total)
 */

import { countOf, meanOf, percentileOf, type Samples } from '../sample.ts';
import { mergeSamples } from '../tally.ts';
import { countIn, gaugeIn, spreadIn } from './measured.ts';
import { type MeasureName, measureOf } from './measures.ts';
import type { Signal } from './signal.ts';

export interface Datapoint {
  readonly value: number | undefined;
  readonly samples: number;
}

export interface PeriodSamples {
  readonly minutes: readonly Samples[];
  /** Up to sixty of them. */
  readonly before: readonly Samples[];
}

const SHARES = { p95: 0.95, p99: 0.99 } as const;

export function datapointOf(signal: Signal, { minutes, before }: PeriodSamples): Datapoint {
  const count = (of: MeasureName, where: readonly Samples[] = minutes) =>
    countIn(mergeSamples(where), measureOf(of));
  switch (signal.kind) {
    case 'mean':
    case 'p95':
    case 'p99': {
      const spread = spreadIn(mergeSamples(minutes), measureOf(signal.of));
      const samples = countOf(spread);
      const value = signal.kind === 'mean' ? meanOf(spread) : percentileOf(spread, SHARES[signal.kind]);
      return { value, samples };
    }
    case 'share':
    case 'quotient': {
      const whole = count(signal.whole);
      const scale = signal.kind === 'share' ? 100 : signal.scale;
      return { value: whole > 0 ? (scale * count(signal.part)) / whole : undefined, samples: whole };
    }
    case 'count':
      return { value: count(signal.of), samples: 0 };
    case 'highest':
      return { value: highestOf(signal.of, minutes), samples: 0 };
    case 'surge': {
      const usual = count(signal.of, before);
      const now = count(signal.of) / minutes.length;
      return { value: usual > 0 ? now / (usual / before.length) : undefined, samples: usual };
    }
  }
}

function highestOf(of: MeasureName, minutes: readonly Samples[]): number | undefined {
  const values = minutes.flatMap(samples => gaugeIn(samples, measureOf(of)) ?? []);
  return values.length === 0 ? undefined : Math.max(...values);
}

/** Of the figure that a signal is. */
export function unitOf(signal: Signal): 'ms' | 'percent' | 's' | 'count' | 'times' {
  if (signal.kind === 'share') return 'percent';
  if (signal.kind === 'surge') return 'times';
  if (signal.kind === 'quotient') return 'ms';
  return UNITS[measureOf(signal.of).unit];
}

const UNITS = { Milliseconds: 'ms', Percent: 'percent', Seconds: 's', Count: 'count' } as const;
