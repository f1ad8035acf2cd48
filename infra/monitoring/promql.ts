/**
 * Signals and rules in PromQL, over what GET /api/performance/metrics exposes.
 *
 * Shape   signal, range -> expression; rule -> expression that is there while it is true
 * Units   as the signal's; Prometheus has seconds, so durations are multiplied
 * Errors  none (total)
 * Source  Prometheus, "Querying basics", histogram_quantile; a range of two minutes bears one scrape that is missed
 */

import { type Measure, type MeasureName, measureOf } from '../../shared/monitoring/alerts/measures.ts';
import type { BurnPair, Objective } from '../../shared/monitoring/alerts/objectives.ts';
import { type AlertRule, QUIET_MS } from '../../shared/monitoring/alerts/rule.ts';
import type { Signal } from '../../shared/monitoring/alerts/signal.ts';

const MINUTE_MS = 60_000;
const SHORTEST_MS = 2 * MINUTE_MS;

export function promqlOf(signal: Signal, rangeMs: number): string {
  const range = rangeOf(rangeMs);
  switch (signal.kind) {
    case 'mean':
      return `1000 * ${rate(signal.of, range, '_sum')} / ${rate(signal.of, range, '_count')}`;
    case 'p95':
    case 'p99': {
      const quantile = signal.kind === 'p95' ? 0.95 : 0.99;
      const { metric, where } = measureOf(signal.of);
      return `1000 * histogram_quantile(${quantile}, sum by (le) (rate(${select(`${metric}_bucket`, where)}[${range}])))`;
    }
    case 'share':
      return `100 * ${orNone(increase(signal.part, range))} / ${increase(signal.whole, range)}`;
    case 'quotient':
      return `${signal.scale} * ${orNone(increase(signal.part, range))} / ${increase(signal.whole, range)}`;
    case 'count':
      return increase(signal.of, range);
    case 'highest': {
      const { metric, where, scale = 1 } = measureOf(signal.of);
      return `${scale === 1 ? '' : `${scale} * `}max(${select(metric, where)})`;
    }
    case 'surge':
      return `${rate(signal.of, range)} / ${rate(signal.of, '1h', '', ` offset ${range}`)}`;
  }
}

export function promqlRule(rule: AlertRule): string {
  const { signal, operator, threshold, window, minimumSamples, isQuietable } = rule;
  const wrong = `${promqlOf(signal, window.periodMs)} ${operator} ${threshold}`;
  const enough = minimumSamples > 0 ? ` and ${samplesOf(signal, window.periodMs)} >= ${minimumSamples}` : '';
  const quiet = isQuietable ? ` unless ${increase('Quiet', rangeOf(QUIET_MS))} > 0` : '';
  return `${wrong}${enough}${quiet}`;
}

export function promqlBurn(objective: Objective, { longMs, shortMs, burn }: BurnPair): string {
  const allowed = Number((1 - objective.target).toPrecision(6));
  const burning = (windowMs: number) => {
    const range = rangeOf(windowMs);
    return `${orNone(increase(objective.bad, range))} / ${increase(objective.all, range)} / ${allowed} > ${burn}`;
  };
  return `${burning(longMs)} and ${burning(shortMs)}`;
}

/** How long it must have been true: one period is in the expression already. */
export function promqlFor({ window }: AlertRule): string {
  return rangeText(Math.max(0, (window.breaching - 1) * window.periodMs));
}

function samplesOf(signal: Signal, rangeMs: number): string {
  const of = 'of' in signal ? signal.of : signal.whole;
  const range = signal.kind === 'surge' ? '1h' : rangeOf(rangeMs);
  return measureOf(of).kind === 'durations'
    ? `sum(increase(${named(of, '_count')}[${range}]))`
    : increase(of, range);
}

/** Of durations above a bound: all, less those up to it. */
function increase(name: MeasureName, range: string): string {
  const { metric, where, aboveMs } = measureOf(name);
  if (aboveMs === undefined) return `sum(increase(${select(metric, where)}[${range}]))`;
  const upTo = select(`${metric}_bucket`, { ...where, le: [String(aboveMs / 1_000)] });
  return `(sum(increase(${select(`${metric}_count`, where)}[${range}])) - sum(increase(${upTo}[${range}])))`;
}

function rate(name: MeasureName, range: string, suffix = '', offset = ''): string {
  return `sum(rate(${named(name, suffix)}[${range}]${offset}))`;
}

/** What was never counted is none. */
function orNone(expression: string): string {
  return `(${expression} or vector(0))`;
}

function named(name: MeasureName, suffix: string): string {
  const { metric, where } = measureOf(name);
  return select(`${metric}${suffix}`, where);
}

function select(metric: string, where: Measure['where'] = {}): string {
  const labels = Object.entries(where).map(([label, values]) =>
    values.length === 1 ? `${label}="${values[0]}"` : `${label}=~"${values.join('|')}"`,
  );
  return labels.length === 0 ? metric : `${metric}{${labels.join(',')}}`;
}

function rangeOf(ms: number): string {
  return rangeText(Math.max(SHORTEST_MS, ms));
}

function rangeText(ms: number): string {
  return `${ms / MINUTE_MS}m`;
}
