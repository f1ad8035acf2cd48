/**
 * What has been counted for one series: as numbers, and as the text that Redis keeps and adds up.
 *
 * Shape   counter 'c12', gauge 'g3.5', durations 't1200,17:3,40:1' and values 'h…': sum, then bucket:count
 * Units   sums in thousandths (of a ms, of a value): whole numbers add up exactly, in any order
 * Errors  none: a text that is none of these is undefined
 */

import { middleOf } from './buckets.ts';

export type Sample = Counted | Gauged | Spread;

export interface Counted {
  readonly kind: 'counter';
  readonly value: number;
}

/** The last one that was told, whoever told it. */
export interface Gauged {
  readonly kind: 'gauge';
  readonly value: number;
}

export interface Spread {
  readonly kind: 'durations' | 'values';
  readonly sumThousandths: number;
  /** By bucket, only those that have any. */
  readonly counts: ReadonlyMap<number, number>;
}

/** By the text of the series. */
export type Samples = ReadonlyMap<string, Sample>;

export const LETTER = { counter: 'c', gauge: 'g', durations: 't', values: 'h' } as const;

export function parseSample(text: string): Sample | undefined {
  const rest = text.slice(1);
  if (text[0] === LETTER.counter && isCount(rest)) return { kind: 'counter', value: Number(rest) };
  if (text[0] === LETTER.gauge && Number.isFinite(Number(rest || Number.NaN)))
    return { kind: 'gauge', value: Number(rest) };
  if (!/^[th]\d+(,\d+:\d+)*$/.test(text)) return undefined;
  const [sum, ...pairs] = rest.split(',');
  const counts = new Map(
    pairs.map(pair => pair.split(':').map(Number)).map(([at = 0, n = 0]) => [at, n] as const),
  );
  return { kind: text[0] === LETTER.durations ? 'durations' : 'values', sumThousandths: Number(sum), counts };
}

/** By series; what is no sample is left out. */
export function parseSamples(texts: Iterable<readonly [string, string]>): Samples {
  const samples = new Map<string, Sample>();
  for (const [series, text] of texts) {
    const sample = parseSample(text);
    if (sample) samples.set(series, sample);
  }
  return samples;
}

export function formatSample(sample: Sample): string {
  if (sample.kind === 'counter' || sample.kind === 'gauge') return LETTER[sample.kind] + sample.value;
  const pairs = [...sample.counts].map(([at, n]) => `,${at}:${n}`).join('');
  return LETTER[sample.kind] + sample.sumThousandths + pairs;
}

/** The later one wins where they cannot be added: gauges, and what was counted under one name in two ways. */
export function addSamples(before: Sample | undefined, after: Sample): Sample {
  if (!before || before.kind !== after.kind || after.kind === 'gauge') return after;
  if (after.kind === 'counter') return { kind: 'counter', value: after.value + (before as Counted).value };
  const { sumThousandths, counts } = before as Spread;
  const all = new Map(counts);
  for (const [at, n] of after.counts) all.set(at, (all.get(at) ?? 0) + n);
  return { kind: after.kind, sumThousandths: sumThousandths + after.sumThousandths, counts: all };
}

/** Of durations or values, whatever else is among them. */
export function sumSpreads(samples: readonly Sample[]): Spread {
  const nothing: Spread = { kind: 'durations', sumThousandths: 0, counts: new Map() };
  return samples.filter(isSpread).reduce((sum, one) => addSamples(sum, one) as Spread, nothing);
}

function isSpread(sample: Sample): sample is Spread {
  return 'counts' in sample;
}

/** Undefined where there are none. */
export function meanOf(spread: Spread): number | undefined {
  const count = countOf(spread);
  return count > 0 ? spread.sumThousandths / 1_000 / count : undefined;
}

export function countOf({ counts }: Spread): number {
  return [...counts.values()].reduce((sum, n) => sum + n, 0);
}

/** The value that this share of all are at or below; undefined where there are none. */
export function percentileOf({ counts }: Spread, share: number): number | undefined {
  const ordered = [...counts].filter(([, n]) => n > 0).sort(([a], [b]) => a - b);
  const rank = Math.ceil(share * ordered.reduce((sum, [, n]) => sum + n, 0));
  let seen = 0;
  for (const [at, n] of ordered) {
    seen += n;
    if (seen >= rank) return middleOf(at);
  }
  return undefined;
}

function isCount(text: string): boolean {
  return /^\d+(\.\d+)?$/.test(text);
}
