/**
 * What was counted between two looks at totals that only grow.
 *
 * Shape   before, now -> samples; a gauge is what it is now
 * Errors  none (total): a total that shrank began anew, because Redis lost it, and counts from nothing
 */

import type { Sample, Samples, Spread } from '../sample.ts';

export function deltaOf(before: Samples, now: Samples): Samples {
  return new Map([...now].map(([series, sample]) => [series, subtract(sample, before.get(series))]));
}

function subtract(now: Sample, before: Sample | undefined): Sample {
  if (!before || before.kind !== now.kind || now.kind === 'gauge') return now;
  if (now.kind === 'counter') {
    const value = now.value - (before as typeof now).value;
    return value < 0 ? now : { kind: 'counter', value: exact(value) };
  }
  const then = before as Spread;
  const counts = [...now.counts].map(([at, n]) => [at, n - (then.counts.get(at) ?? 0)] as const);
  const sumThousandths = now.sumThousandths - then.sumThousandths;
  if (sumThousandths < 0 || counts.some(([, n]) => n < 0)) return now;
  return { kind: now.kind, sumThousandths, counts: new Map(counts.filter(([, n]) => n > 0)) };
}

/** Seconds are counted with fractions, which do not subtract exactly. */
function exact(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
