/**
 * Counts as Prometheus reads them.
 *
 * Of the buckets, which are finer than Prometheus needs, it is shown 1, 2 and 5 of every decade; the counts in between are
 * in the next of them, so nothing is lost or counted twice.
 *
 * Shape   samples -> text, one metric after the other, by name
 * Units   durations in seconds; other values in their own unit
 * Errors  none (total)
 * Source  Prometheus text exposition format 0.0.4
 */

import { BOUNDS, SHOWN_BOUNDS } from './buckets.ts';
import { METRICS, type MetricDescription } from './catalogue.ts';
import { countOf, type Sample, type Samples, type Spread } from './sample.ts';
import { isSeries, type Labels, labelsText, parseSeries, type Series } from './series.ts';

export const EXPOSITION_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

interface Shown extends Series {
  readonly sample: Sample;
}

export function formatExposition(samples: Samples): string {
  const all = [...samples]
    .map(([text, sample]): Shown => ({ ...parseSeries(text), sample }))
    .filter(isSeries);
  const byName = Map.groupBy(all, ({ name }) => name);
  const names = [...byName.keys()].sort();
  return (
    names.map(name => metricLines(name, byName.get(name) ?? []).join('\n')).join('\n') +
    (names.length > 0 ? '\n' : '')
  );
}

/** What was counted under one name in two ways cannot be told as one metric: the way that was there first is. */
function metricLines(name: string, all: readonly Shown[]): string[] {
  const kind = all[0]?.sample.kind ?? 'counter';
  const known: MetricDescription | undefined = (METRICS as Record<string, MetricDescription>)[name];
  const help = known?.help ?? 'Counted by an application.';
  const lines = all.filter(({ sample }) => sample.kind === kind).flatMap(sampleLines);
  return [`# HELP ${name} ${help.replace(/[\\\n]/g, ' ')}`, `# TYPE ${name} ${TYPES[kind]}`, ...lines];
}

const TYPES = { counter: 'counter', gauge: 'gauge', durations: 'histogram', values: 'histogram' } as const;

function sampleLines({ name, labels, sample }: Shown): string[] {
  return 'counts' in sample
    ? spreadLines(name, labels, sample)
    : [`${name}${labelsText(labels)} ${sample.value}`];
}

function spreadLines(name: string, labels: Labels, spread: Spread): string[] {
  const perUnit = spread.kind === 'durations' ? 1_000 : 1;
  const upTo = (bound: number) => {
    const last = BOUNDS.indexOf(bound);
    return [...spread.counts].reduce((sum, [at, n]) => sum + (at <= last ? n : 0), 0);
  };
  const bucket = (le: string, n: number) => `${withBound(`${name}_bucket${labelsText(labels)}`, le)} ${n}`;
  const count = countOf(spread);
  return [
    ...SHOWN_BOUNDS.map(bound => bucket(String(bound / perUnit), upTo(bound))),
    bucket('+Inf', count),
    `${name}_sum${labelsText(labels)} ${spread.sumThousandths / 1_000 / perUnit}`,
    `${name}_count${labelsText(labels)} ${count}`,
  ];
}

/** Prometheus writes it last; where it stands means nothing. */
function withBound(series: string, le: string): string {
  return series.endsWith('}') ? `${series.slice(0, -1)},le="${le}"}` : `${series}{le="${le}"}`;
}
