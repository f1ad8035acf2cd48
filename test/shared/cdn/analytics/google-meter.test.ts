import { describe, expect, it } from 'vitest';
import { createGoogleMeter } from '../../../../shared/cdn/analytics/google-meter.ts';
import { type Asked, soon, stretchOf, vendor } from './asked.ts';

const series = (cache_result: string, response_code_class: string, ...values: number[]) => ({
  metric: { labels: { cache_result, response_code_class } },
  points: values.map(value => ({ value: { int64Value: String(value) } })),
});

const metricOf = ({ url }: Asked) => /https\/(\w+)"/.exec(url.searchParams.get('filter') ?? '')?.[1];

function measure(answer: (asked: Asked) => Response) {
  const { deps, asked } = vendor(answer);
  const meter = createGoogleMeter({ name: 'site', project: 'p1', urlMap: 'my "map"' }, deps);
  return { use: meter.measure(stretchOf(24), soon()), asked };
}

describe('what a URL map did', () => {
  it('is told by what the cache did and what came out', async () => {
    const { use, asked } = measure(one =>
      Response.json({
        timeSeries:
          metricOf(one) === 'request_count'
            ? [
                series('HIT', '200', 80),
                series('MISS', '200', 10),
                series('PARTIAL_HIT', '200', 5),
                series('MISS', '500', 3, 2),
              ]
            : [series('HIT', '200', 8_000), series('MISS', '200', 1_000)],
      }),
    );
    expect(await use).toEqual({ requests: 100, bytes: 9_000, hits: 80, hitBytes: 8_000, errors: 5 });
    const query = asked[0]?.url.searchParams;
    expect(asked[0]?.url.pathname).toBe('/v3/projects/p1/timeSeries');
    expect(query?.get('filter')).toContain('resource.labels.url_map_name="my \\"map\\""');
    expect(query?.get('aggregation.alignmentPeriod')).toBe('86400s');
    expect(query?.getAll('aggregation.groupByFields')).toHaveLength(2);
  });

  it('is nothing where nobody came', async () => {
    expect(await measure(() => Response.json({})).use).toMatchObject({ requests: 0, hits: 0 });
  });

  it.each([
    [{ error: { status: 'PERMISSION_DENIED' } }, 403, 'It answered 403: PERMISSION_DENIED'],
    [{ timeSeries: [], nextPageToken: 'more' }, 200, 'more series'],
  ])('is not told by %j', async (body, status, words) => {
    await expect(measure(() => Response.json(body, { status })).use).rejects.toThrow(words);
  });
});
