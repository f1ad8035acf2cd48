import { describe, expect, it } from 'vitest';
import { createAzureMeter } from '../../../../shared/cdn/analytics/azure-meter.ts';
import { soon, stretchOf, vendor } from './asked.ts';

const WHERE = {
  name: 'site',
  subscriptionId: 'sub',
  resourceGroup: 'group',
  profile: 'front',
  endpoint: "o'shop",
};

const metric = (name: string, field: 'total' | 'average', values: readonly number[]) => ({
  name: { value: name },
  timeseries: [{ data: values.map((value, hour) => ({ timeStamp: `h${hour}`, [field]: value })) }],
});

const measure = (body: object, status = 200) => {
  const { deps, asked } = vendor(() => Response.json(body, { status }));
  return { use: createAzureMeter(WHERE, deps).measure(stretchOf(24), soon()), asked };
};

describe('what an endpoint did', () => {
  it('is summed up by the hour, ratios weighed by what there was in their hour', async () => {
    const { use, asked } = measure({
      value: [
        metric('RequestCount', 'total', [100, 300]),
        metric('ResponseSize', 'total', [1_000, 9_000]),
        metric('OriginRequestCount', 'total', [40, 20]),
        metric('ByteHitRatio', 'average', [10, 90]),
        metric('Percentage5XX', 'average', [1, 0]),
      ],
    });
    expect(await use).toEqual({ requests: 400, bytes: 10_000, hits: 340, hitBytes: 8_200, errors: 1 });
    const { pathname, searchParams } = asked[0]?.url ?? new URL('http://none');
    expect(pathname).toBe(
      '/subscriptions/sub/resourceGroups/group/providers/Microsoft.Cdn/profiles/front/providers/Microsoft.Insights/metrics',
    );
    expect(Object.fromEntries(searchParams)).toMatchObject({
      timespan: '2026-11-20T10:00:00.000Z/2026-11-21T10:00:00.000Z',
      interval: 'PT1H',
      $filter: "Endpoint eq 'o''shop'",
    });
  });

  it('has no hits where the origin is not told of, and never fewer than none', async () => {
    const requests = metric('RequestCount', 'total', [10]);
    expect(await measure({ value: [requests] }).use).toMatchObject({
      hits: null,
      hitBytes: null,
      errors: null,
    });
    const probed = { value: [requests, metric('OriginRequestCount', 'total', [99])] };
    expect(await measure(probed).use).toMatchObject({ hits: 0 });
  });

  it('is not told where Azure refuses, and the code is', async () => {
    const body = { error: { code: 'AuthorizationFailed' } };
    await expect(measure(body, 403).use).rejects.toThrow('It answered 403: AuthorizationFailed');
  });
});
