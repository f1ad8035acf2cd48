/**
 * The CDN service over fakes of all four vendors, one clock that moves when somebody waits, and Redis' own engine: what a job
 * meets, without a network but for CloudFront's client.
 */

import { createCloudFront } from '../../../functions/adapters/cdn/cloudfront.ts';
import type { InvalidateDeps } from '../../../shared/cdn/carry-out/invalidate.ts';
import type { Cdn } from '../../../shared/cdn/carry-out/plan-runs.ts';
import { createRedisPacer } from '../../../shared/cdn/pace/redis-pacer.ts';
import type { CdnProvider } from '../../../shared/cdn/provider.ts';
import { createAzureFrontDoor } from '../../../shared/cdn/providers/azure-front-door.ts';
import { createCloudflare } from '../../../shared/cdn/providers/cloudflare.ts';
import { createGoogle } from '../../../shared/cdn/providers/google.ts';
import { createRedisProgress } from '../../../shared/cdn/redis-progress.ts';
import { fixedToken } from '../../../shared/cdn/tokens/get-token.ts';
import { createAzureFake } from '../../fakes/cdn/azure-front-door.ts';
import { createCloudflareFake } from '../../fakes/cdn/cloudflare.ts';
import { DISTRIBUTION, startCloudFrontFake } from '../../fakes/cdn/cloudfront.ts';
import { createGoogleFake } from '../../fakes/cdn/google.ts';
import { type Fetch, fetchFrom } from '../../fakes/cdn/vendor.ts';
import { createTestClock } from '../../fakes/clock.ts';
import { createEngineRedis } from '../../fakes/engine-redis.ts';

export const HOST = 'www.example.com';

export interface ServiceOptions {
  /** Around every request to a vendor over fetch. */
  readonly wrap?: (fetch: Fetch, name: string) => Fetch;
  /** Around every provider. */
  readonly around?: (provider: CdnProvider) => CdnProvider;
  readonly cdn?: Partial<Omit<Cdn, 'provider'>>;
  readonly azureFails?: ReadonlySet<number>;
  readonly googleFails?: ReadonlySet<number>;
}

export async function startCdnService({
  wrap = fetch => fetch,
  around = each => each,
  ...given
}: ServiceOptions = {}) {
  const clock = createTestClock();
  const redis = await createEngineRedis(clock);
  const cloudfront = await startCloudFrontFake({ clock, takesMs: 20_000 });
  const cloudflare = createCloudflareFake({ zoneId: 'zone', token: 'right', hosts: [HOST], clock });
  const endpointPath = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Cdn/profiles/p/afdEndpoints/e';
  const azure = createAzureFake({
    token: () => 'right',
    endpointPath,
    clock,
    ...(given.azureFails && { fails: given.azureFails }),
  });
  const google = createGoogleFake({
    token: 'right',
    project: 'p',
    urlMap: 'm',
    clock,
    fails: given.googleFails,
  });
  const deps = (name: string, answer: Parameters<typeof fetchFrom>[0]) => ({
    fetch: wrap(fetchFrom(answer), name),
    clock,
    getToken: fixedToken('right'),
  });
  const providers: readonly CdnProvider[] = [
    createCloudFront(
      { name: 'site', distributionId: DISTRIBUTION, tags: true },
      { client: cloudfront.client(), clock },
    ),
    createCloudflare({ name: 'shop', zoneId: 'zone' }, deps('shop', cloudflare.answer)),
    createAzureFrontDoor(
      { name: 'azure', subscriptionId: 's', resourceGroup: 'g', profile: 'p', endpoint: 'e' },
      deps('azure', azure.answer),
    ),
    createGoogle({ name: 'media', project: 'p', urlMap: 'm' }, deps('media', google.answer)),
  ];
  const cdns = providers.map(around).map(provider => ({
    provider,
    hosts: [],
    account: provider.name,
    usesTagIndex: false,
    ...given.cdn,
  }));
  return {
    clock,
    redis,
    fakes: { site: cloudfront, shop: cloudflare, azure, media: google },
    deps: {
      cdns,
      pacer: createRedisPacer({ redis, clock }),
      store: createRedisProgress(redis),
      clock,
      sleep: async ms => clock.advance(ms),
      random: () => 0.5,
    } satisfies InvalidateDeps,
    stop: cloudfront.stop,
  };
}

export type CdnService = Awaited<ReturnType<typeof startCdnService>>;
