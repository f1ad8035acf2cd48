import { describe, expect, it } from 'vitest';
import { openMeters } from '../../../functions/measure-cdns/open-meters.ts';
import { cdnSettingsSchema } from '../../../shared/cdn/settings-schema.ts';

const SETTINGS = cdnSettingsSchema().parse({
  front: { vendor: 'cloudfront', distributionId: 'E12345' },
  zone: { vendor: 'cloudflare', zoneId: 'z1', plan: 'pro' },
  large: { vendor: 'cloudflare', zoneId: 'z2', plan: 'enterprise' },
  azure: { vendor: 'azure-front-door', subscriptionId: 's', resourceGroup: 'g', profile: 'p', endpoint: 'e' },
  google: { vendor: 'google', project: 'p', urlMap: 'm' },
});

const deps = {
  secrets: { zone: { token: 't' } },
  clock: () => 0,
  fetch: () => Promise.reject(new Error('nobody is asked here')),
  cloudWatch: async () => ({ MetricDataResults: [] }),
};

describe('openMeters', () => {
  const metered = openMeters(SETTINGS, deps);

  it('has one for each CDN, whether its secret is there or not', () => {
    expect(metered.map(({ meter }) => [meter.name, meter.vendor])).toEqual([
      ['front', 'cloudfront'],
      ['zone', 'cloudflare'],
      ['large', 'cloudflare'],
      ['azure', 'azure-front-door'],
      ['google', 'google'],
    ]);
  });

  it('takes what the plan of a zone costs; of a contract nobody knows', () => {
    expect(metered.slice(1, 3).map(({ rate }) => rate.usdPerMonth)).toEqual([25, null]);
  });

  it('says of a CDN without a secret which field is missing, and nothing that is in another', async () => {
    const [azure] = metered.filter(({ meter }) => meter.name === 'azure');
    const measured = azure?.meter.measure({ fromAt: 0, toAt: 3_600_000 }, AbortSignal.timeout(1_000));
    await expect(measured).rejects.toThrow('CDN_SECRETS has no tenantId for azure');
  });
});
