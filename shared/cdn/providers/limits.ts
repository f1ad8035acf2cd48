/**
 * What each CDN can and may, as data.
 *
 * A bound on any minute is kept by a bucket whose size and a minute's refill together are the bound; a vendor's own token bucket
 * is taken as it is.
 *
 * Source  CloudFront Developer Guide, "Concurrent invalidation request maximum"; Cloudflare docs, "Purge cache: availability
 *         and limits", "Purge cache by prefix"; Azure docs, "Front Door limits" and "Azure Resource Manager throttling"; Google Cloud docs, "Cache
 *         invalidation overview: limits"
 */

import type { CdnCapabilities, Rate } from '../capabilities.ts';

export interface CloudFrontFacts {
  /** Whether the distribution reads tags: it needs a CacheTagConfig. */
  readonly tags: boolean;
}

/** Files and tags are counted together, wildcards apart. It says when it has enough, and is asked no faster than it answers. */
export function cloudFrontCapabilities({ tags }: CloudFrontFacts): CdnCapabilities {
  return {
    vendor: 'cloudfront',
    pools: [
      { name: 'items', kinds: tags ? ['url', 'tag'] : ['url'], perCall: 3_000, inProgress: 3_000 },
      { name: 'wildcards', kinds: ['prefix', 'everything'], perCall: 15, inProgress: 15 },
    ],
    mixesPools: true,
    addressing: {
      scheme: 'ignored',
      host: 'ignored',
      query: 'matched',
      letterCase: 'matched',
      escapes: 'rfc-1738',
      prefix: 'text',
    },
    longestPath: 4_000,
    rates: [],
    soft: false,
    takesEffectMs: 25_000,
  };
}

export const CLOUDFLARE_PLANS = ['free', 'pro', 'business', 'enterprise'] as const;
export type CloudflarePlan = (typeof CLOUDFLARE_PLANS)[number];

const BULK_RATE: Readonly<Record<CloudflarePlan, Pick<Rate, 'capacity' | 'perSecond'>>> = {
  free: { capacity: 25, perSecond: 5 / 60 },
  pro: { capacity: 25, perSecond: 5 },
  business: { capacity: 50, perSecond: 10 },
  enterprise: { capacity: 500, perSecond: 50 },
};
const URLS_A_SECOND: Readonly<Record<CloudflarePlan, number>> = {
  free: 800,
  pro: 1_500,
  business: 1_500,
  enterprise: 3_000,
};

export function cloudflareCapabilities(plan: CloudflarePlan): CdnCapabilities {
  const halfOfUrls = URLS_A_SECOND[plan] / 2;
  return {
    vendor: 'cloudflare',
    pools: [
      { name: 'files', kinds: ['url'], perCall: plan === 'enterprise' ? 500 : 100 },
      { name: 'tags', kinds: ['tag'], perCall: 100 },
      { name: 'prefixes', kinds: ['prefix'], perCall: 100 },
      { name: 'hosts', kinds: ['host'], perCall: 100 },
      { name: 'everything', kinds: ['everything'], perCall: 1 },
    ],
    mixesPools: false,
    addressing: {
      scheme: 'matched',
      host: 'matched',
      query: 'matched',
      letterCase: 'matched',
      escapes: 'as-sent',
      prefix: 'segments',
    },
    longestPath: 8_000,
    deepestPrefix: 31,
    rates: [
      { name: 'files', pools: ['files'], per: 'item', capacity: halfOfUrls, perSecond: halfOfUrls },
      { name: 'bulk', pools: ['tags', 'prefixes', 'hosts', 'everything'], per: 'call', ...BULK_RATE[plan] },
      // 1,200 in any five minutes: who asks more is shut out for five.
      { name: 'api', per: 'call', capacity: 200, perSecond: 10 / 3 },
    ],
    soft: true,
    takesEffectMs: 0,
  };
}

export const AZURE_CAPABILITIES: CdnCapabilities = {
  vendor: 'azure-front-door',
  pools: [{ name: 'paths', kinds: ['url', 'prefix', 'host', 'everything'], perCall: 100 }],
  mixesPools: true,
  addressing: {
    scheme: 'ignored',
    host: 'grouped',
    query: 'all',
    letterCase: 'ignored',
    escapes: 'as-sent',
    prefix: 'folder',
  },
  longestPath: 8_000,
  rates: [{ name: 'writes', per: 'call', capacity: 200, perSecond: 10 }],
  soft: false,
  takesEffectMs: 600_000,
};

export const GOOGLE_CAPABILITIES: CdnCapabilities = {
  vendor: 'google',
  pools: [
    { name: 'paths', kinds: ['url', 'prefix', 'host', 'everything'], perCall: 1 },
    { name: 'tags', kinds: ['tag'], perCall: 10 },
  ],
  mixesPools: false,
  addressing: {
    scheme: 'ignored',
    host: 'matched',
    query: 'all',
    letterCase: 'matched',
    escapes: 'as-sent',
    prefix: 'folder',
  },
  longestPath: 1_024,
  // 500 in any minute.
  rates: [{ name: 'invalidations', per: 'call', capacity: 50, perSecond: 7.5 }],
  soft: false,
  takesEffectMs: 10_000,
};
