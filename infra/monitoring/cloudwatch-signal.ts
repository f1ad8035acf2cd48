/**
 * A signal as CloudWatch can alarm on it: a metric, or arithmetic on two. With too few samples it has no value, so that an idle
 * hour is no incident.
 *
 * Shape   signal, period -> IMetric in the namespace that publish-metrics writes to
 * Units   periods ms
 * Errors  none (total)
 * Source  CloudWatch User Guide, "Using math expressions": IF(condition, value) has no value where the condition is false
 */

import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, type IMetric, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { MeasureName } from '../../shared/monitoring/alerts/measures.ts';
import type { AlertRule } from '../../shared/monitoring/alerts/rule.ts';
import type { Signal } from '../../shared/monitoring/alerts/signal.ts';

export interface SignalPlace {
  readonly namespace: string;
  readonly periodMs: number;
  /** @default 0 */
  readonly minimumSamples?: number;
}

export function signalMetric(signal: Signal, place: SignalPlace): IMetric {
  const enough = (place.minimumSamples ?? 0) > 0;
  switch (signal.kind) {
    case 'mean':
    case 'p95':
    case 'p99':
      return enough ? whereEnough(signal, place) : plain(signal.of, STATISTICS[signal.kind], place);
    case 'count':
    case 'surge':
      return plain(signal.of, 'Sum', place);
    case 'highest':
      return plain(signal.of, 'Maximum', place);
    default:
      return quotient(signal, place);
  }
}

/** Of one measure, by the name that it is published under. */
export function plain(name: MeasureName, statistic: string, { namespace, periodMs }: SignalPlace): Metric {
  return new Metric({
    namespace,
    metricName: name,
    statistic,
    period: Duration.millis(periodMs),
  });
}

/** The name that CloudWatch has for a rule: with what it stands beside in the account. */
export function alarmName(prefix: string, { id }: Pick<AlertRule, 'id'>): string {
  return `${prefix}-${id}`;
}

/** What rules of scaling mean by response time. */
export function responseTimeMetric(namespace: string): Metric {
  return plain('OriginDuration', 'p95', { namespace, periodMs: 60_000 });
}

export const COMPARISONS = {
  '>': ComparisonOperator.GREATER_THAN_THRESHOLD,
  '>=': ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
  '<': ComparisonOperator.LESS_THAN_THRESHOLD,
  '<=': ComparisonOperator.LESS_THAN_OR_EQUAL_TO_THRESHOLD,
} as const;

const STATISTICS = { mean: 'Average', p95: 'p95', p99: 'p99' } as const;

function whereEnough(signal: Extract<Signal, { kind: 'mean' | 'p95' | 'p99' }>, place: SignalPlace): IMetric {
  const [value, samples] = [idOf(signal.of, signal.kind), idOf(signal.of, 'n')];
  return math(`IF(${samples} >= ${place.minimumSamples}, ${value})`, place, {
    [value]: plain(signal.of, STATISTICS[signal.kind], place),
    [samples]: plain(signal.of, 'SampleCount', place),
  });
}

/** A count that was never published is none. */
function quotient(signal: Extract<Signal, { kind: 'share' | 'quotient' }>, place: SignalPlace): IMetric {
  const scale = signal.kind === 'share' ? 100 : signal.scale;
  const [part, whole] = [idOf(signal.part, 'sum'), idOf(signal.whole, 'sum')];
  const least = Math.max(1, place.minimumSamples ?? 0);
  return math(`IF(${whole} >= ${least}, ${scale} * FILL(${part}, 0) / ${whole})`, place, {
    [part]: plain(signal.part, 'Sum', place),
    [whole]: plain(signal.whole, 'Sum', place),
  });
}

/** The same wherever it stands: graphs of one panel share what they are made of. */
function idOf(name: MeasureName, statistic: string): string {
  return `${name.charAt(0).toLowerCase()}${name.slice(1)}_${statistic}`;
}

export function math(
  expression: string,
  { periodMs }: Pick<SignalPlace, 'periodMs'>,
  usingMetrics: Readonly<Record<string, Metric>>,
): MathExpression {
  return new MathExpression({
    expression,
    usingMetrics: { ...usingMetrics },
    period: Duration.millis(periodMs),
  });
}
