import { describe, expect, it } from 'vitest';
import { createCloudflareMeter } from '../../../../shared/cdn/analytics/cloudflare-meter.ts';
import { type Asked, soon, stretchOf, vendor } from './asked.ts';

const sum = (requests: number, cachedRequests: number, errors: number) => ({
  sum: {
    requests,
    bytes: requests * 10,
    cachedRequests,
    cachedBytes: cachedRequests * 5,
    responseStatusMap: [
      { edgeResponseStatus: 200, requests: requests - errors },
      { edgeResponseStatus: 502, requests: errors },
    ],
  },
});

const groups = (...found: ReturnType<typeof sum>[]) => ({ data: { viewer: { zones: [{ groups: found }] } } });

function meter(answer: (asked: Asked) => Response) {
  const { deps, asked } = vendor(answer);
  const measure = (hours: number) =>
    createCloudflareMeter({ name: 'site', zoneId: 'z1' }, deps).measure(stretchOf(hours), soon());
  return { measure, asked };
}

describe('what a zone did', () => {
  it('is summed up over the hours of a day', async () => {
    const { measure, asked } = meter(() => Response.json(groups(sum(100, 80, 1), sum(50, 20, 0))));
    expect(await measure(24)).toEqual({ requests: 150, bytes: 1_500, hits: 100, hitBytes: 500, errors: 1 });
    expect(asked[0]?.url.href).toBe('https://api.cloudflare.com/client/v4/graphql');
    expect(asked[0]?.body).toMatchObject({
      query: expect.stringContaining(
        'httpRequests1hGroups(limit: 100, filter: { datetime_geq: $from, datetime_lt: $to })',
      ),
      variables: { zone: 'z1', from: '2026-11-20T10:00:00Z', to: '2026-11-21T10:00:00Z' },
    });
  });

  it('is asked for by the day where it is more than three', async () => {
    const { measure, asked } = meter(() => Response.json(groups(sum(7, 7, 0))));
    await measure(7 * 24);
    expect(asked[0]?.body).toMatchObject({
      query: expect.stringContaining('httpRequests1dGroups'),
      variables: { from: '2026-11-20', to: '2026-11-27' },
    });
  });

  it.each([
    [{ errors: [{ message: 'not authorized for that account' }], data: null }, 200, 'not authorized'],
    [{ data: { viewer: { zones: [] } } }, 200, 'no such zone'],
    [{}, 500, 'It answered 500'],
  ])('is not told by %j', async (body, status, words) => {
    await expect(meter(() => Response.json(body, { status })).measure(24)).rejects.toThrow(words);
  });
});
