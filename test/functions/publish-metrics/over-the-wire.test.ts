/** What publish-metrics sends, over a signed connection to a CloudWatch that checks it as the vendor does. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCloudWatchAccess, readMetricsAccess } from '../../../functions/adapters/metrics-access.ts';
import { percentile, statisticsOf } from '../../../infra/local/aws/cloudwatch/figures.ts';
import { type LocalAws, startAws } from '../../../infra/local/aws/start.ts';
import { AwsRefused } from '../../../shared/aws/aws-errors.ts';
import { createJsonCall } from '../../../shared/aws/json-call.ts';
import { createSignedFetch } from '../../../shared/aws/signed-fetch.ts';
import {
  CLOUDWATCH_TARGET,
  createCloudWatchSink,
} from '../../../shared/monitoring/publishing/cloudwatch-sink.ts';
import { MARKER } from '../../../shared/monitoring/publishing/limits.ts';
import { type Datum, metricData } from '../../../shared/monitoring/publishing/metric-data.ts';
import { createRegistry } from '../../../shared/monitoring/registry.ts';
import { parseSamples } from '../../../shared/monitoring/sample.ts';
import { systemClock as clock } from '../../../shared/primitives/clock.ts';

const NAMESPACE = 'headrace/edge';
let aws: LocalAws;
beforeAll(async () => {
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', sessionToken: 'token' };
  aws = await startAws({ topology: { buckets: {}, queues: {} }, credentials });
});
afterAll(() => aws.stop());

function sink(secretAccessKey = aws.credentials.secretAccessKey) {
  const credentials = { ...aws.credentials, secretAccessKey };
  const signed = createSignedFetch({ credentials, region: aws.region, service: 'monitoring', clock, fetch });
  const call = createJsonCall(
    { fetch: signed, random: Math.random },
    { endpoint: aws.endpoint, target: CLOUDWATCH_TARGET, attempts: 1 },
  );
  return createCloudWatchSink({ put: call, ask: call }, NAMESPACE);
}

/** As many series as there can be, each spread over every bucket. */
function fullBatch(at: number, sequence: number): readonly Datum[] {
  const registry = createRegistry({ mostSeries: 2_000, mostSpreads: 200 });
  const routes = Array.from({ length: 11 }, (_, route) => `/route-${route}`);
  for (const route of [...routes, 'other']) {
    const slot = registry.slot('durations', 'edge_request_duration_seconds', { route, served: 'origin' });
    for (let ms = 0.4; ms < 200_000; ms *= 1.05) registry.observe(slot, ms);
    for (const status of ['2xx', '3xx', '4xx', '5xx', 'other'])
      registry.add(registry.slot('counter', 'edge_requests_total', { route, status, outcome: 'hit' }), 5);
  }
  return metricData(parseSamples(registry.take()), { at, sequence, routes: [...routes, 'other'] });
}

describe('what is published', () => {
  it('is taken whole in one call, at its largest', async () => {
    const at = Math.floor(clock() / 60_000) * 60_000 - 60_000;
    const data = fullBatch(at, 41);
    expect(Math.max(...data.map(({ values }) => values.length))).toBeGreaterThan(100);
    expect(JSON.stringify(data).length).toBeLessThan(1_048_576);
    await sink().put(data);
    const series = aws.figures.series(NAMESPACE);
    expect(series.filter(name => name.startsWith('Requests{'))).toHaveLength(60);
    expect(statisticsOf(aws.figures.points(NAMESPACE, 'Requests')).sum).toBe(300);
    expect(await sink().highest(MARKER, at)).toBe(41);
    expect(await sink().highest(MARKER, at - 60_000)).toBeUndefined();
  });

  it('has its percentiles within six per cent of what was measured', async () => {
    const registry = createRegistry();
    const slot = registry.slot('durations', 'edge_request_duration_seconds', {
      route: '/a',
      served: 'origin',
    });
    const measured = Array.from({ length: 2_000 }, (_, n) => 3 + (n % 997) * 1.7);
    for (const ms of measured) registry.observe(slot, ms);
    const at = Math.floor(clock() / 60_000) * 60_000 - 120_000;
    const before = aws.figures.points(NAMESPACE, 'RequestDuration').length;
    await sink().put(metricData(parseSamples(registry.take()), { at, sequence: 42, routes: undefined }));
    const points = aws.figures.points(NAMESPACE, 'RequestDuration').slice(before);
    const sorted = measured.toSorted((a, b) => a - b);
    for (const share of [0.5, 0.95, 0.99]) {
      const exact = sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
      expect(Math.abs((percentile(points, share) ?? 0) / exact - 1)).toBeLessThan(0.06);
    }
  });

  it('is refused where it is signed wrongly, or too old', async () => {
    const datum: Datum = {
      name: 'Requests',
      dimensions: {},
      at: clock(),
      values: [1],
      counts: [1],
      unit: 'Count',
    };
    await expect(sink('other').put([datum])).rejects.toBeInstanceOf(AwsRefused);
    await expect(sink().put([{ ...datum, at: clock() - 15 * 86_400_000 }])).rejects.toMatchObject({
      code: 'InvalidParameterValue',
    });
    await expect(
      sink().put([
        {
          ...datum,
          values: Array.from({ length: 151 }, () => 1),
          counts: Array.from({ length: 151 }, () => 1),
        },
      ]),
    ).rejects.toMatchObject({ code: 'InvalidParameterValue' });
  });
});

describe('the environment', () => {
  it('names what is missing', () => {
    expect(() => readMetricsAccess({})).toThrow('UPSTASH_REDIS_REST_URL is not set');
    expect(() => readCloudWatchAccess({ AWS_REGION: 'eu-central-1' })).toThrow(
      'METRICS_NAMESPACE is not set',
    );
  });

  it('leads to CloudWatch of the region, unless there is an emulator', () => {
    const given = {
      AWS_REGION: 'eu-central-1',
      METRICS_NAMESPACE: 'a',
      AWS_ACCESS_KEY_ID: 'i',
      AWS_SECRET_ACCESS_KEY: 's',
    };
    expect(readCloudWatchAccess(given)).toMatchObject({
      endpoint: 'https://monitoring.eu-central-1.amazonaws.com',
      byRoute: false,
    });
    expect(
      readCloudWatchAccess({ ...given, AWS_ENDPOINT_URL: 'http://127.0.0.1:1', METRICS_BY_ROUTE: 'on' }),
    ).toMatchObject({ endpoint: 'http://127.0.0.1:1', byRoute: true });
  });
});
