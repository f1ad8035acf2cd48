/**
 * One order to all four CDNs, by a process that is killed by SIGKILL so often on its way, and started again.
 *
 * Shape   size, kills, speed of the clock -> what each vendor saw, against the fewest calls there could be
 */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createUndiciRedis } from '../../../functions/adapters/undici-redis.ts';
import { type LoopbackServer, serveLoopback } from '../../../infra/local/loopback.ts';
import { createRedisTagIndex } from '../../../shared/cdn/tag-index/redis-tag-index.ts';
import { startRedisTier } from '../../contracts/redis-tier.ts';
import { createAzureFake } from '../../fakes/cdn/azure-front-door.ts';
import { createCloudflareFake } from '../../fakes/cdn/cloudflare.ts';
import { startCloudFrontFake } from '../../fakes/cdn/cloudfront.ts';
import { createGoogleFake } from '../../fakes/cdn/google.ts';
import type { VendorFake } from '../../fakes/cdn/vendor.ts';
import {
  CDNS,
  type CdnName,
  fastClock,
  fewestCalls,
  HOST,
  itemsOf,
  orderOf,
  type SenderSettings,
  type Size,
  urlsOfTag,
} from './scene.ts';

export interface KilledOptions extends Size {
  readonly kills: number;
  /** How much faster than the wall's the clock runs. */
  readonly speed: number;
}

export interface CdnFigures {
  readonly calls: number;
  readonly fewest: number;
  /** Items that the vendor took, each as often as it would bill or do it. */
  readonly taken: number;
  readonly distinct: number;
  readonly ordered: number;
  /** Requests beyond a rate or a quota. */
  readonly beyond: number;
}

export interface KilledFigures {
  readonly cdns: Readonly<Record<CdnName, CdnFigures>>;
  readonly kills: number;
  readonly tookMs: number;
  readonly clockMs: number;
}

type Told = Pick<VendorFake, 'taken' | 'requests' | 'beyond'>;

export async function runKilled({ kills, speed, ...size }: KilledOptions): Promise<KilledFigures> {
  const settings = { startAt: Date.now(), speed };
  const clock = fastClock(settings);
  const [redis, stage] = await Promise.all([startRedisTier(), startStage(clock)]);
  try {
    await fillIndex(redis, orderOf(size).tags ?? [], clock);
    const sender = {
      redis: { url: redis.url, token: redis.token },
      urls: stage.urls,
      size,
      clock: settings,
    };
    const fewest = fewestCalls(size);
    const all = Object.values(fewest).reduce((sum, calls) => sum + calls, 0);
    const begunAt = performance.now();
    for (let kill = 1; kill <= kills; kill++)
      await runUntil(sender, () => stage.requests() >= Math.floor((all * kill) / (kills + 1)));
    await runUntil(sender, () => false);
    return {
      cdns: figuresOf(stage.told, size),
      kills,
      tookMs: Math.round(performance.now() - begunAt),
      clockMs: Math.round((performance.now() - begunAt) * speed),
    };
  } finally {
    await stage.stop();
    await redis.stop();
  }
}

async function startStage(clock: () => number) {
  const cloudfront = await startCloudFrontFake({ clock, takesMs: 20_000 });
  const endpointPath = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Cdn/profiles/p/afdEndpoints/e';
  const fakes = {
    shop: createCloudflareFake({ zoneId: 'zone', token: 'right', hosts: [HOST], clock }),
    azure: createAzureFake({ token: () => 'right', endpointPath, clock }),
    media: createGoogleFake({ token: 'right', project: 'p', urlMap: 'm', clock }),
  };
  const serve = ({ answer }: VendorFake): Promise<LoopbackServer> =>
    serveLoopback(async request => answer(request));
  const [shop, azure, media] = await Promise.all([serve(fakes.shop), serve(fakes.azure), serve(fakes.media)]);
  const told: Readonly<Record<CdnName, Told>> = { site: cloudfront, ...fakes };
  return {
    told,
    urls: { site: cloudfront.url, shop: shop.origin, azure: azure.origin, media: media.origin },
    requests: () => CDNS.reduce((sum, name) => sum + told[name].requests(), 0),
    async stop() {
      await Promise.all([cloudfront.stop(), shop.close(), azure.close(), media.close()]);
    },
  };
}

async function fillIndex(
  redis: { readonly url: string; readonly token: string },
  tags: readonly string[],
  clock: () => number,
): Promise<void> {
  const index = createRedisTagIndex({ redis: createUndiciRedis({ ...redis, deadlineMs: 10_000 }), clock });
  const endsAt = clock() + 30 * 86_400_000;
  for (const tag of tags) for (const url of urlsOfTag(tag)) await index.add({ url, tags: [tag], endsAt });
}

/** To its end, or until it is killed. */
async function runUntil(settings: SenderSettings, isTime: () => boolean): Promise<void> {
  const file = new URL('./sender.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [file, JSON.stringify(settings)], {
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  const ended = once(child, 'exit');
  const watch = setInterval(() => isTime() && child.kill('SIGKILL'), 1);
  const [code, signal] = await ended;
  clearInterval(watch);
  if (code !== 0 && signal !== 'SIGKILL') throw new Error(`The sender ended with ${code ?? signal}`);
}

function figuresOf(told: Readonly<Record<CdnName, Told>>, size: Size): KilledFigures['cdns'] {
  const [fewest, ordered] = [fewestCalls(size), itemsOf(size)];
  const figures = CDNS.map((name): [CdnName, CdnFigures] => {
    const taken = told[name].taken();
    return [
      name,
      {
        calls: told[name].requests(),
        fewest: fewest[name],
        taken: taken.length,
        distinct: new Set(taken).size,
        ordered: ordered[name],
        beyond: told[name].beyond(),
      },
    ];
  });
  return Object.fromEntries(figures) as KilledFigures['cdns'];
}

/** Each kill may lose one answer at each vendor; what is billed, or done once by its reference, is not done again. */
export function missedBars({ cdns, kills }: KilledFigures): readonly string[] {
  return CDNS.flatMap(name => {
    const { calls, fewest, taken, distinct, ordered, beyond } = cdns[name];
    const isOnce = name === 'site' || name === 'media';
    return [
      ...(distinct === ordered ? [] : [`${name}: ${ordered - distinct} of ${ordered} items are lost`]),
      ...(isOnce && taken !== ordered ? [`${name}: ${taken - ordered} items are paid or done twice`] : []),
      ...(beyond === 0 ? [] : [`${name}: ${beyond} requests beyond its limits`]),
      ...(calls <= fewest + kills ? [] : [`${name}: ${calls} calls, of which ${fewest} are needed`]),
    ];
  });
}
