/**
 * What a sample of values that were taken apart says of all: how many elements a value has, how many different ones there are,
 * and how common each is.
 *
 * Shape   (sample, the column's statistics, { rows, isHashed }) -> SampledElements
 * Source  Heaps' law: different words grow as a power of the texts read, its exponent from half of the sample
 */

import type { ElementShape } from '../sizes/index-shape.ts';
import type { ColumnStatistics } from '../snapshot.ts';
import { withUnseen } from './with-unseen.ts';

export interface SampledElements extends ElementShape {
  /** With the share of values that have each, most common first. */
  readonly common: readonly (readonly [element: string, share: number])[];
}

/** The elements of each value: of the common values, and of those that are bounds of the histogram. */
export interface ElementSample {
  readonly common: readonly (readonly string[])[];
  readonly bounds: readonly (readonly string[])[];
}

export interface SampledOf {
  readonly rows: number;
  readonly isHashed: boolean;
}

const HASH_BYTES = 4;

export function summariseElements(
  { common, bounds }: ElementSample,
  known: ColumnStatistics,
  { rows, isHashed }: SampledOf,
): SampledElements {
  const filled = 1 - known.nullFraction || 1;
  const frequencies = (known.mostCommonFrequencies ?? []).map(share => share / filled);
  const covered = frequencies.reduce((sum, share) => sum + share, 0);
  const eachBound = Math.max(0, 1 - covered) / Math.max(1, bounds.length);
  const weighed = [
    ...common.map((elements, at) => ({ elements, share: frequencies[at] ?? 0 })),
    ...bounds.map(elements => ({ elements, share: eachBound })),
  ];
  const values = valuesOf(known, rows);
  // Seen once among the bounds, an element is one value's own.
  const alone = (eachBound * bounds.length) / Math.max(1, bounds.length, values - common.length);
  const shares = [...elementShares({ common, bounds }, frequencies, { eachBound, alone })].sort(
    ([, a], [, b]) => b - a,
  );
  return {
    perValue: Math.max(0.1, meanCount(weighed)),
    distinct: distinctElements(
      weighed.map(({ elements }) => elements),
      values,
    ),
    width: isHashed ? HASH_BYTES : 1 + meanLength(shares.map(([element]) => element)),
    common: shares,
    commonShares: shares.map(([, share]) => share).filter(share => share > alone),
  };
}

const valuesOf = ({ distinct }: ColumnStatistics, rows: number): number =>
  distinct > 0 ? distinct : Math.max(1, -distinct * rows);

function meanCount(
  weighed: readonly { readonly elements: readonly string[]; readonly share: number }[],
): number {
  const total = weighed.reduce((sum, { share }) => sum + share, 0) || 1;
  return weighed.reduce((sum, { elements, share }) => sum + elements.length * share, 0) / total;
}

/** In bytes. */
const meanLength = (elements: readonly string[]): number =>
  new TextEncoder().encode(elements.join('')).length / Math.max(1, elements.length);

function elementShares(
  { common, bounds }: ElementSample,
  frequencies: readonly number[],
  { eachBound, alone }: { readonly eachBound: number; readonly alone: number },
): ReadonlyMap<string, number> {
  const shares = new Map<string, number>();
  const add = (element: string, share: number) => shares.set(element, (shares.get(element) ?? 0) + share);
  for (const [at, elements] of common.entries())
    for (const element of new Set(elements)) add(element, frequencies[at] ?? 0);
  for (const [element, times] of sightings(bounds)) add(element, times === 1 ? alone : times * eachBound);
  return shares;
}

/** In how many values each is. */
function sightings(sample: readonly (readonly string[])[]): ReadonlyMap<string, number> {
  const seen = new Map<string, number>();
  for (const elements of sample)
    for (const element of new Set(elements)) seen.set(element, (seen.get(element) ?? 0) + 1);
  return seen;
}

/**
 * Words of texts have no end, and Heaps' law follows them; names of colours have, which those seen twice tell. Which of them a
 * column holds nobody knows: the mean of both, as a ratio.
 */
function distinctElements(sample: readonly (readonly string[])[], values: number): number {
  const all = new Set(sample.flat()).size;
  if (sample.length >= values || sample.length < 4 || all === 0) return Math.max(1, all);
  const most = withoutEnd(sample, values, all);
  return Math.sqrt(most * Math.min(most, withUnseen([...sightings(sample).values()])));
}

/** Every other value is half of the sample, whatever the order. */
function withoutEnd(sample: readonly (readonly string[])[], values: number, all: number): number {
  const half = new Set(sample.filter((_, at) => at % 2 === 0).flat()).size;
  const exponent = Math.min(1, Math.max(0, Math.log2(all / Math.max(1, half))));
  return all * (values / sample.length) ** exponent;
}
