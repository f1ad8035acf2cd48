/**
 * CloudWatch as the place that figures are published to.
 *
 * Errors  AwsRefused, AwsUnavailable
 * Cost    put: one call of PutMetricData, $0.01 a thousand, never tried twice; highest: GetMetricStatistics, the same
 * Source  CloudWatch API Reference, PutMetricData, GetMetricStatistics; AWS JSON 1.0: instants are epoch seconds
 */

import type { JsonCall } from '../../aws/json-call.ts';
import type { Datum } from './metric-data.ts';
import type { MetricSink } from './ports.ts';

export interface CloudWatchCalls {
  /** Of one attempt: whether a call that failed had its effect is not for it to guess. */
  readonly put: JsonCall;
  readonly ask: JsonCall;
}

/** What CloudWatch calls itself in X-Amz-Target. */
export const CLOUDWATCH_TARGET = 'GraniteServiceVersion20100801';
const MINUTE_SECONDS = 60;

export function createCloudWatchSink({ put, ask }: CloudWatchCalls, namespace: string): MetricSink {
  return {
    async put(data) {
      await put('PutMetricData', { Namespace: namespace, MetricData: data.map(formatDatum) });
    },
    async highest(name, minuteAt) {
      const output = await ask('GetMetricStatistics', {
        Namespace: namespace,
        MetricName: name,
        StartTime: minuteAt / 1_000,
        EndTime: minuteAt / 1_000 + MINUTE_SECONDS,
        Period: MINUTE_SECONDS,
        Statistics: ['Maximum'],
      });
      const points = Array.isArray(output.Datapoints) ? (output.Datapoints as { Maximum?: number }[]) : [];
      const values = points.flatMap(({ Maximum }) => (typeof Maximum === 'number' ? [Maximum] : []));
      return values.length === 0 ? undefined : Math.max(...values);
    },
  };
}

function formatDatum({ name, dimensions, at, values, counts, unit }: Datum) {
  return {
    MetricName: name,
    Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
    Timestamp: at / 1_000,
    Values: values,
    Counts: counts,
    Unit: unit,
  };
}
