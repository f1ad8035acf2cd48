import { describe, expect, it } from 'vitest';
import { AwsRefused } from '../../../../shared/aws/aws-errors.ts';
import { createCloudFrontMeter } from '../../../../shared/cdn/analytics/cloudfront-meter.ts';

const FROM = Date.UTC(2026, 10, 20, 10);
const stretch = { fromAt: FROM, toAt: FROM + 3 * 3_600_000 };
const hours = [0, 1, 2].map(hour => FROM / 1_000 + hour * 3_600);

type Input = Readonly<Record<string, unknown>>;

/** CloudWatch as far as it is asked: it knows one distribution, global, by the hour. */
function meterWith(values: Readonly<Record<string, readonly number[]>>, statusCode = 'Complete') {
  const asked: Input[] = [];
  const call = async (action: string, input: object) => {
    asked.push({ action, ...input });
    const { MetricDataQueries } = input as {
      MetricDataQueries: { Id: string; MetricStat: { Metric: Input; Stat: string } }[];
    };
    const MetricDataResults = MetricDataQueries.map(({ Id, MetricStat: { Metric, Stat } }) => {
      const told = values[`${Metric.MetricName} ${Stat}`] ?? [];
      return { Id, StatusCode: statusCode, Timestamps: hours.slice(0, told.length), Values: told };
    });
    return { MetricDataResults };
  };
  return { meter: createCloudFrontMeter({ name: 'site', distributionId: 'E123' }, call), asked };
}

const measure = (meter: ReturnType<typeof meterWith>['meter']) =>
  meter.measure(stretch, AbortSignal.timeout(1_000));

describe('what a distribution did', () => {
  it('is summed up by the hour, rates weighed by the requests of their hour', async () => {
    const { meter, asked } = meterWith({
      'Requests Sum': [100, 300, 0],
      'BytesDownloaded Sum': [1_000, 3_000, 0],
      'CacheHitRate Average': [50, 90, 0],
      '5xxErrorRate Average': [2, 0, 0],
    });
    expect(await measure(meter)).toEqual({
      requests: 400,
      bytes: 4_000,
      hits: 320,
      hitBytes: 3_200,
      errors: 2,
    });
    expect(asked[0]).toMatchObject({ action: 'GetMetricData', StartTime: FROM / 1_000 });
    expect(JSON.stringify(asked[0])).toContain(
      '"Dimensions":[{"Name":"DistributionId","Value":"E123"},{"Name":"Region","Value":"Global"}]',
    );
  });

  it('has no hits where its additional metrics are off, which is not none', async () => {
    const { meter } = meterWith({ 'Requests Sum': [10], 'BytesDownloaded Sum': [100] });
    expect(await measure(meter)).toMatchObject({ requests: 10, hits: null, hitBytes: null });
  });

  it('is nothing where nobody came', async () => {
    expect(await measure(meterWith({}).meter)).toEqual({
      requests: 0,
      bytes: 0,
      hits: 0,
      hitBytes: 0,
      errors: 0,
    });
  });

  it('is not told where CloudWatch has it in part', async () => {
    const { meter } = meterWith({ 'Requests Sum': [10] }, 'PartialData');
    await expect(measure(meter)).rejects.toThrow('CloudWatch has Requests in part only');
  });

  it('is not told where CloudWatch refuses, in its own words', async () => {
    const call = () => Promise.reject(new AwsRefused('AccessDenied', 403, 'not allowed to GetMetricData'));
    const meter = createCloudFrontMeter({ name: 'site', distributionId: 'E123' }, call);
    await expect(measure(meter)).rejects.toMatchObject({
      name: 'CdnUnmeasured',
      message: 'CloudWatch: not allowed to GetMetricData',
    });
  });
});
