/**
 * What ANALYZE would find of documents that an expression makes of texts: their most common words, by a sample of them.
 *
 * Shape   key, the text's statistics, SampledElements -> ColumnStatistics of the index's key
 * Source  PostgreSQL, ts_typanalyze: the shares end with the least and the greatest
 */

import type { ColumnStatistics } from '../snapshot.ts';
import { asArray, type ExpressionKey, statisticsOfKey } from './expression-statistics.ts';
import type { SampledElements } from './summarise-elements.ts';

/** More of them tell a planner nothing: each is rare. */
const MOST_WORDS = 1000;

export function documentStatistics(
  key: ExpressionKey,
  known: ColumnStatistics,
  { common, perValue }: SampledElements,
): ColumnStatistics {
  const kept = common.slice(0, MOST_WORDS).toSorted(([a], [b]) => byLength(a, b));
  const shares = kept.map(([, share]) => share);
  return statisticsOfKey(key, known, {
    averageWidth: Math.round(20 + perValue * 10),
    distinct: known.distinct,
    mostCommonElements: asArray(kept.map(([element]) => element)),
    mostCommonElementFrequencies: [...shares, Math.min(...shares), Math.max(...shares)],
  });
}

/** As the server looks them up: the shorter first, then by their bytes. */
function byLength(a: string, b: string): number {
  const [x, y] = [new TextEncoder().encode(a), new TextEncoder().encode(b)];
  const differing = x.findIndex((byte, at) => byte !== y[at]);
  return x.length - y.length || (x[differing] ?? 0) - (y[differing] ?? 0);
}
