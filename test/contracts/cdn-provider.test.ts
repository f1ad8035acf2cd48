import { describe, expect, it } from 'vitest';
import { createCloudFront } from '../../functions/adapters/cdn/cloudfront.ts';
import { createAzureFrontDoor } from '../../shared/cdn/providers/azure-front-door.ts';
import { createCloudflare } from '../../shared/cdn/providers/cloudflare.ts';
import { createGoogle } from '../../shared/cdn/providers/google.ts';
import type { VendorDeps } from '../../shared/cdn/providers/vendor-call.ts';
import { fixedToken } from '../../shared/cdn/tokens/get-token.ts';
import { createAzureFake } from '../fakes/cdn/azure-front-door.ts';
import { createCloudflareFake } from '../fakes/cdn/cloudflare.ts';
import { DISTRIBUTION, startCloudFrontFake } from '../fakes/cdn/cloudfront.ts';
import { createGoogleFake } from '../fakes/cdn/google.ts';
import { type Fetch, fetchFrom } from '../fakes/cdn/vendor.ts';
import { createTestClock } from '../fakes/clock.ts';
import { type CdnHome, cdnProviderContract } from './cdn-provider.ts';
import { realCdns } from './cdn-real.ts';

const host = 'www.example.com';
const noFetch: Fetch = () => Promise.reject(new TypeError('fetch failed'));

/** Every provider over fetch is built the same four times. */
function homeOf<Options extends object>(
  create: (options: Options, deps: VendorDeps) => CdnHome['provider'],
  given: {
    readonly options: Options;
    readonly nowhere: Options;
    readonly fetch: Fetch;
    readonly clock: ReturnType<typeof createTestClock>;
    readonly taken: () => readonly string[];
  },
): CdnHome {
  const { options, nowhere, fetch, clock, taken } = given;
  const deps = { fetch, clock, getToken: fixedToken('right') };
  return {
    provider: create(options, deps),
    host,
    stranger: create(options, { ...deps, getToken: fixedToken('wrong') }),
    nowhere: create(nowhere, deps),
    unreachable: create(options, { ...deps, fetch: noFetch }),
    pass: ms => clock.advance(ms),
    taken,
    stop: async () => {},
  };
}

cdnProviderContract('CloudFront', async () => {
  const clock = createTestClock();
  const fake = await startCloudFrontFake({ clock });
  const options = { name: 'site', distributionId: DISTRIBUTION, tags: true };
  return {
    provider: createCloudFront(options, { client: fake.client(), clock }),
    host,
    stranger: createCloudFront(options, { client: fake.client({ secretAccessKey: 'wrong' }), clock }),
    nowhere: createCloudFront({ ...options, distributionId: 'ENOWHERE' }, { client: fake.client(), clock }),
    unreachable: createCloudFront(options, {
      client: fake.client({ endpoint: 'http://127.0.0.1:9' }),
      clock,
    }),
    pass: ms => clock.advance(ms),
    taken: fake.taken,
    stop: fake.stop,
  };
});

cdnProviderContract('Cloudflare', async () => {
  const clock = createTestClock();
  const fake = createCloudflareFake({ zoneId: 'zone', token: 'right', hosts: [host], clock });
  const options = { name: 'shop', zoneId: 'zone' };
  const fetch = fetchFrom(fake.answer);
  return homeOf(createCloudflare, {
    options,
    nowhere: { ...options, zoneId: 'no' },
    fetch,
    clock,
    taken: fake.taken,
  });
});

const azureOptions = {
  name: 'azure',
  subscriptionId: 's',
  resourceGroup: 'g',
  profile: 'p',
  endpoint: 'e',
};
const endpointPath = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Cdn/profiles/p/afdEndpoints/e';

cdnProviderContract('Azure Front Door', async () => {
  const clock = createTestClock();
  const fake = createAzureFake({ token: () => 'right', endpointPath, clock });
  const fetch = fetchFrom(fake.answer);
  const nowhere = { ...azureOptions, endpoint: 'no' };
  return homeOf(createAzureFrontDoor, { options: azureOptions, nowhere, fetch, clock, taken: fake.taken });
});

cdnProviderContract('Google Cloud CDN', async () => {
  const clock = createTestClock();
  const fake = createGoogleFake({ token: 'right', project: 'p', urlMap: 'm', clock });
  const options = { name: 'media', project: 'p', urlMap: 'm' };
  const fetch = fetchFrom(fake.answer);
  return homeOf(createGoogle, {
    options,
    nowhere: { ...options, urlMap: 'no' },
    fetch,
    clock,
    taken: fake.taken,
  });
});

// Only where somebody gave credentials: see CONTRIBUTING.md.
for (const { name, start } of realCdns(process.env))
  cdnProviderContract(`${name}, the real one`, start, { timeoutMs: 900_000 });

describe('credentials for the real ones', () => {
  it('are needed for each CDN that is named, and the sentence says which', () => {
    const CDN_CONTRACT = JSON.stringify({
      cdns: { shop: { vendor: 'cloudflare', zoneId: 'z', hosts: ['a.example'] } },
    });
    expect(() => realCdns({ CDN_CONTRACT })).toThrow('CDN_SECRETS has no token for shop');
    expect(realCdns({})).toEqual([]);
  });
});
