import { expect, it } from 'vitest';
import { readCdnEnvironment } from '../../../../functions/adapters/cdn/cdn-environment.ts';

it('CDNs and their secrets come from two variables', () => {
  const { cdns, secrets } = readCdnEnvironment({
    CDN_SETTINGS: '{"site":{"vendor":"cloudfront","distributionId":"E1ABCDEF"}}',
    CDN_SECRETS: '{"shop":{"token":"t"}}',
  });
  expect(cdns).toMatchObject({ site: { vendor: 'cloudfront', tags: false, hosts: [] } });
  expect(secrets).toEqual({ shop: { token: 't' } });
});

it('what is not said of a CDN is what goes without saying', () => {
  const CDN_SETTINGS = '{"site": {"vendor": "cloudflare", "zoneId": "z1"}}';
  expect(readCdnEnvironment({ CDN_SETTINGS, CDN_SECRETS: '{"site": {"token": "t"}}' })).toMatchObject({
    cdns: { site: { vendor: 'cloudflare', zoneId: 'z1', plan: 'free' } },
    secrets: { site: { token: 't' } },
  });
});

it('without them there are none', () => {
  expect(readCdnEnvironment({})).toEqual({ cdns: {}, secrets: {} });
});

it.each(['{', '{"site":{"vendor":"fastly"}}', '[]'])('%s is refused by the variable’s name', text => {
  expect(() => readCdnEnvironment({ CDN_SETTINGS: text })).toThrow('CDN_SETTINGS is not what cdns');
});
