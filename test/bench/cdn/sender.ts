/**
 * The process that is killed: does one job of the type `invalidation` as the function does, again after what it postponed, and ends
 * when the job has.
 */

import { setTimeout as sleepFor } from 'node:timers/promises';
import { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import { createCloudFront } from '../../../functions/adapters/cdn/cloudfront.ts';
import { createUndiciRedis } from '../../../functions/adapters/undici-redis.ts';
import { createInvalidationTask } from '../../../functions/invalidate-cdn/invalidation-task.ts';
import { createRedisPacer } from '../../../shared/cdn/pace/redis-pacer.ts';
import type { CdnProvider } from '../../../shared/cdn/provider.ts';
import { createAzureFrontDoor } from '../../../shared/cdn/providers/azure-front-door.ts';
import { createCloudflare } from '../../../shared/cdn/providers/cloudflare.ts';
import { createGoogle } from '../../../shared/cdn/providers/google.ts';
import { createRedisProgress } from '../../../shared/cdn/redis-progress.ts';
import { createRedisTagIndex } from '../../../shared/cdn/tag-index/redis-tag-index.ts';
import { fixedToken } from '../../../shared/cdn/tokens/get-token.ts';
import { Postponed } from '../../../shared/jobs/postponed.ts';
import type { TaskContext } from '../../../shared/jobs/worker/task.ts';
import { DISTRIBUTION } from '../../fakes/cdn/cloudfront.ts';
import { fastClock, orderOf, type SenderSettings } from './scene.ts';

// Nothing is ever written to this pipe: it ends when the other side does.
process.stdin.on('end', () => process.exit(1)).resume();

const settings = JSON.parse(process.argv[2] ?? '') as SenderSettings;
const { urls } = settings;
const order = orderOf(settings.size);
const clock = fastClock(settings.clock);
const sleep = (ms: number) => sleepFor(Math.ceil(ms / settings.clock.speed));
const redis = createUndiciRedis({ ...settings.redis, deadlineMs: 10_000 });
const deps = { fetch, clock, getToken: fixedToken('right') };

const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
const client = new CloudFrontClient({
  endpoint: urls.site,
  region: 'us-east-1',
  credentials,
  maxAttempts: 1,
});
const providers: readonly CdnProvider[] = [
  createCloudFront({ name: 'site', distributionId: DISTRIBUTION, tags: true }, { client, clock }),
  createCloudflare({ name: 'shop', zoneId: 'zone', apiUrl: `${urls.shop}/client/v4` }, deps),
  createAzureFrontDoor(
    {
      name: 'azure',
      subscriptionId: 's',
      resourceGroup: 'g',
      profile: 'p',
      endpoint: 'e',
      apiUrl: urls.azure,
    },
    deps,
  ),
  createGoogle({ name: 'media', project: 'p', urlMap: 'm', apiUrl: `${urls.media}/compute/v1` }, deps),
];
const task = createInvalidationTask({
  cdns: providers.map(provider => ({
    provider,
    hosts: [],
    account: provider.name,
    usesTagIndex: provider.name === 'azure',
  })),
  pacer: createRedisPacer({ redis, clock }),
  store: createRedisProgress(redis),
  findUrls: createRedisTagIndex({ redis, clock }).find,
  clock,
  sleep,
  random: Math.random,
});

const none = () => Promise.reject(new Error('not here'));
const context: TaskContext = {
  id: 'invalidation-1',
  type: 'invalidation',
  tenant: 'default',
  attempt: 1,
  signal: new AbortController().signal,
  clock,
  progress: () => {},
  once: none,
  outside: none,
  log: () => {},
};

for (;;) {
  try {
    const result = await task(order, context);
    process.stdout.write(`${JSON.stringify(result)}\n`, () => process.exit(0));
    break;
  } catch (error) {
    if (!(error instanceof Postponed)) throw error;
    await sleep(error.afterMs);
  }
}
