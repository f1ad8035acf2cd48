/**
 * What an alarm looks at: a figure made of measures, the same in every place that evaluates it.
 *
 * Shape   mean, p95 and p99 of durations; a share or a quotient of two counts; a count; a gauge; a surge over the hour before
 * Units   durations ms, shares percent; others as their measure
 */

import type { MeasureName } from './measures.ts';

export type Signal =
  | Figure
  | { readonly kind: 'share'; readonly part: MeasureName; readonly whole: MeasureName }
  /** One count by another, times a factor: seconds by statements, in ms. */
  | {
      readonly kind: 'quotient';
      readonly part: MeasureName;
      readonly whole: MeasureName;
      readonly scale: number;
    };

/** Of one measure. */
export type Figure =
  | { readonly kind: 'mean' | 'p95' | 'p99'; readonly of: MeasureName }
  | { readonly kind: 'count'; readonly of: MeasureName }
  /** The highest of all its series. */
  | { readonly kind: 'highest'; readonly of: MeasureName }
  /** How many times as many a minute as in the hour before. */
  | { readonly kind: 'surge'; readonly of: MeasureName };

export function figure(kind: Figure['kind'], of: MeasureName): Signal {
  return { kind, of };
}

export function share(part: MeasureName, whole: MeasureName): Signal {
  return { kind: 'share', part, whole };
}

/** Those that a signal is made of. */
export function measuresOf(signal: Signal): readonly MeasureName[] {
  return 'of' in signal ? [signal.of] : [signal.part, signal.whole];
}
