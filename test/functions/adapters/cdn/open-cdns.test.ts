import { expect, it } from 'vitest';
import { openCdns } from '../../../../functions/adapters/cdn/open-cdns.ts';
import { cdnSettingsSchema } from '../../../../shared/cdn/settings-schema.ts';
import { createTestClock } from '../../../fakes/clock.ts';

const given = cdnSettingsSchema().parse({
  site: { vendor: 'cloudfront', distributionId: 'E1ABCDEF', collapseAbove: 10 },
  shop: { vendor: 'cloudflare', zoneId: 'z', plan: 'enterprise', account: 'main', hosts: ['a.example'] },
  azure: {
    vendor: 'azure-front-door',
    subscriptionId: 's',
    resourceGroup: 'g',
    profile: 'p',
    endpoint: 'e',
    tagIndex: true,
  },
  media: { vendor: 'google', project: 'p', urlMap: 'm' },
});
const secrets = {
  shop: { token: 't' },
  azure: { tenantId: 't', clientId: 'c', clientSecret: 's' },
  media: { client_email: 'a', private_key: 'k' },
};
const deps = { secrets, clock: createTestClock(), fetch: () => Promise.reject(new Error('nobody asks')) };

it('each CDN is opened with what its settings say', () => {
  const cdns = openCdns(given, deps);
  expect(cdns.map(({ provider }) => [provider.name, provider.capabilities.vendor])).toEqual([
    ['site', 'cloudfront'],
    ['shop', 'cloudflare'],
    ['azure', 'azure-front-door'],
    ['media', 'google'],
  ]);
  expect(cdns).toMatchObject([
    { collapseAbove: 10, account: 'site', usesTagIndex: false },
    { account: 'main', hosts: ['a.example'] },
    { usesTagIndex: true },
    { account: 'media' },
  ]);
  expect(cdns[1]?.provider.capabilities.pools[0]).toMatchObject({ perCall: 500 });
  // Without a CacheTagConfig a distribution has no tags.
  expect(cdns[0]?.provider.capabilities.pools.some(({ kinds }) => kinds.includes('tag'))).toBe(false);
});

it('one without its secret is said at the start', () => {
  expect(() => openCdns(given, { ...deps, secrets: {} })).toThrow('CDN_SECRETS has no token for shop');
});
