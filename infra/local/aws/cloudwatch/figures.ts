/**
 * What the local CloudWatch was told, by series; statistics and percentiles over it.
 *
 * Units   instants epoch ms
 * Errors  none (total)
 */

import type { Given } from './check-put.ts';

export interface Point extends Pick<Given, 'at' | 'values' | 'counts'> {
  readonly toldAt: number;
}

export interface FigureStatistics {
  readonly sum: number;
  readonly samples: number;
  readonly maximum: number;
}

export interface Figures {
  add(namespace: string, datum: Given, toldAt: number): void;
  /** Names with their dimensions, as `Requests{Route=/a}`. */
  series(namespace: string): readonly string[];
  points(namespace: string, series: string): readonly Point[];
}

/** As many as a local run needs to be looked at. */
const MOST_POINTS = 10_000;

export function createFigures(): Figures {
  const all = new Map<string, Point[]>();
  const keyOf = (namespace: string, series: string) => `${namespace}\n${series}`;
  return {
    add(namespace, { name, dimensions, ...datum }, toldAt) {
      const key = keyOf(namespace, seriesOf(name, dimensions));
      const points = all.get(key) ?? [];
      all.set(key, [
        ...points.slice(-MOST_POINTS),
        { at: datum.at, values: datum.values, counts: datum.counts, toldAt },
      ]);
    },
    series: namespace =>
      [...all.keys()]
        .filter(key => key.startsWith(`${namespace}\n`))
        .map(key => key.slice(namespace.length + 1)),
    points: (namespace, series) => all.get(keyOf(namespace, series)) ?? [],
  };
}

export function seriesOf(name: string, dimensions: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(dimensions).map(([label, value]) => `${label}=${value}`);
  return pairs.length === 0 ? name : `${name}{${pairs.sort().join(',')}}`;
}

export function statisticsOf(points: readonly Point[]): FigureStatistics {
  const pairs = pairsOf(points);
  return {
    sum: pairs.reduce((sum, [value, n]) => sum + value * n, 0),
    samples: pairs.reduce((sum, [, n]) => sum + n, 0),
    maximum: Math.max(...pairs.map(([value]) => value)),
  };
}

/** The value that this share of all are at or below. */
export function percentile(points: readonly Point[], share: number): number | undefined {
  const pairs = pairsOf(points).sort(([a], [b]) => a - b);
  const rank = Math.ceil(share * pairs.reduce((sum, [, n]) => sum + n, 0));
  let seen = 0;
  for (const [value, n] of pairs) {
    seen += n;
    if (seen >= rank) return value;
  }
  return undefined;
}

function pairsOf(points: readonly Point[]): [number, number][] {
  return points.flatMap(({ values, counts }) =>
    values.map((value, at): [number, number] => [value, counts[at] ?? 0]),
  );
}
