/**
 * What a distribution of CloudFront did, from CloudWatch.
 *
 * The hit rate is told only where the distribution's additional metrics are on; it is a rate of requests, and what was sent
 * from the cache is reckoned from it.
 *
 * Units   CloudWatch's instants are epoch seconds, its rates percent
 * Errors  as the port
 * Cost    GetMetricData of four metrics, $0.01 a thousand; those of CloudFront are in us-east-1 alone
 * Source  CloudFront Developer Guide, "Types of metrics for CloudFront"; CloudWatch API Reference, GetMetricData
 */

import type { JsonCall } from '../../aws/json-call.ts';
import { type CdnMeter, CdnUnmeasured, type CdnUse, shareOf } from './cdn-use.ts';

export interface CloudFrontMeterOptions {
  readonly name: string;
  readonly distributionId: string;
}

const METRICS = {
  requests: { MetricName: 'Requests', Stat: 'Sum' },
  bytes: { MetricName: 'BytesDownloaded', Stat: 'Sum' },
  hitrate: { MetricName: 'CacheHitRate', Stat: 'Average' },
  errors: { MetricName: '5xxErrorRate', Stat: 'Average' },
} as const;
type Id = keyof typeof METRICS;

const HOUR_SECONDS = 3_600;

export function createCloudFrontMeter(
  { name, distributionId }: CloudFrontMeterOptions,
  call: JsonCall,
): CdnMeter {
  return {
    name,
    vendor: 'cloudfront',
    async measure({ fromAt, toAt }, signal) {
      const MetricDataQueries = Object.keys(METRICS).map(id => queryOf(id as Id, distributionId));
      const span = { StartTime: fromAt / 1_000, EndTime: toAt / 1_000 };
      const input = { MetricDataQueries, ...span, ScanBy: 'TimestampAscending' };
      const output = await call('GetMetricData', input, signal).catch(cause => {
        throw new CdnUnmeasured(`CloudWatch: ${cause.message}`, { cause });
      });
      return useOf(seriesOf(output.MetricDataResults));
    },
  };
}

function queryOf(id: Id, distributionId: string): object {
  const { MetricName, Stat } = METRICS[id];
  const Dimensions = [
    { Name: 'DistributionId', Value: distributionId },
    { Name: 'Region', Value: 'Global' },
  ];
  const Metric = { Namespace: 'AWS/CloudFront', MetricName, Dimensions };
  return { Id: id, MetricStat: { Metric, Period: HOUR_SECONDS, Stat } };
}

/** By hour. */
type Series = ReadonlyMap<number, number>;

interface Result {
  readonly Id?: unknown;
  readonly StatusCode?: unknown;
  readonly Timestamps?: readonly number[];
  readonly Values?: readonly number[];
}

function seriesOf(results: unknown): Readonly<Record<Id, Series>> {
  const found = Array.isArray(results) ? (results as Result[]) : [];
  const one = (id: Id): Series => {
    const { StatusCode, Timestamps = [], Values = [] } = found.find(({ Id }) => Id === id) ?? {};
    if (StatusCode !== 'Complete')
      throw new CdnUnmeasured(`CloudWatch has ${METRICS[id].MetricName} in part only`);
    return new Map(Timestamps.map((at, index) => [at, Values[index] ?? 0]));
  };
  return { requests: one('requests'), bytes: one('bytes'), hitrate: one('hitrate'), errors: one('errors') };
}

function useOf({ requests, bytes, hitrate, errors }: Readonly<Record<Id, Series>>): CdnUse {
  const all = sum(requests);
  const hits = hitrate.size === 0 && all > 0 ? null : weighed(hitrate, requests);
  const sent = sum(bytes);
  return {
    requests: all,
    bytes: sent,
    hits,
    hitBytes: shareOf(sent, hits, all),
    errors: weighed(errors, requests),
  };
}

function sum(series: Series): number {
  return [...series.values()].reduce((total, value) => total + value, 0);
}

/** A rate of a busy hour counts for more than one of a quiet hour. */
function weighed(percents: Series, requests: Series): number {
  const each = [...percents].map(([at, percent]) => ((requests.get(at) ?? 0) * percent) / 100);
  return Math.round(each.reduce((total, value) => total + value, 0));
}
