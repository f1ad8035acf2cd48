import { describe, expect, it } from 'vitest';
import { readMeasuredCdns } from '../../../functions/measure-cdns/read-environment.ts';

describe('readMeasuredCdns', () => {
  it('has the CDNs of the configuration and their secrets, or none', () => {
    const CDN_SETTINGS = '{"site": {"vendor": "cloudflare", "zoneId": "z1"}}';
    expect(readMeasuredCdns({ CDN_SETTINGS, CDN_SECRETS: '{"site": {"token": "t"}}' })).toMatchObject({
      settings: { site: { vendor: 'cloudflare', zoneId: 'z1', plan: 'free' } },
      secrets: { site: { token: 't' } },
    });
    expect(readMeasuredCdns({})).toEqual({ settings: {}, secrets: {} });
  });

  it.each(['{', '{"site": {"vendor": "other"}}'])('does not start with %s', CDN_SETTINGS =>
    expect(() => readMeasuredCdns({ CDN_SETTINGS })).toThrow('CDN_SETTINGS is not'),
  );
});
