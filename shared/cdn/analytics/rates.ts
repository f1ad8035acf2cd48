/**
 * What CDNs cost at list price, first tier, North America and Europe: to compare by, not to bill by.
 *
 * Compared in November 2026, without reaching the vendors themselves: with stored copies of their own pages where it says "page",
 * with what others had read there where it says "others". What was in neither says so, and should be read before it is relied on.
 *
 * Shape   vendor -> rates, where they stand, and when somebody compared them
 * Units   US dollars; GB of 10^9 bytes as CloudFront bills, GiB where the vendor does so
 */

import type { CdnVendor } from '../capabilities.ts';

export interface CdnRate {
  readonly usdPerGb: number;
  readonly usdPer10kRequests: number;
  /** Whatever the traffic. */
  readonly usdPerMonth: number;
  readonly bytesPerGb: number;
  readonly source: string;
  readonly readOn: string;
}

const GB = 1e9;
const GIB = 2 ** 30;
const READ_ON = '2026-11';

export const CDN_RATES: Readonly<Record<CdnVendor, CdnRate>> = {
  cloudfront: {
    // Beyond the free terabyte and ten million requests of a month, which belong to the account and not to a distribution.
    // A GB: page, which has both. Requests over HTTPS: in neither. Flat plans, sold since November 2025, are not reckoned.
    usdPerGb: 0.085,
    usdPer10kRequests: 0.01,
    usdPerMonth: 0,
    bytesPerGb: GB,
    source: 'https://aws.amazon.com/cloudfront/pricing/ (pay as you go, HTTPS)',
    readOn: READ_ON,
  },
  cloudflare: {
    // Plans are paid by the month; what they carry is not counted. Page, as read by others in October 2026.
    usdPerGb: 0,
    usdPer10kRequests: 0,
    usdPerMonth: 0,
    bytesPerGb: GB,
    source: 'https://www.cloudflare.com/plans/ (Free)',
    readOn: READ_ON,
  },
  'azure-front-door': {
    // All three: others, in 2026. What goes from the edge to an origin is billed besides, and not reckoned.
    usdPerGb: 0.083,
    usdPer10kRequests: 0.009,
    usdPerMonth: 35,
    bytesPerGb: GB,
    source: 'https://azure.microsoft.com/pricing/details/frontdoor/ (Standard, zone 1)',
    readOn: READ_ON,
  },
  google: {
    // Both: page, which bills by the GiB. Filling the cache is billed besides, and not reckoned.
    usdPerGb: 0.08,
    usdPer10kRequests: 0.0075,
    usdPerMonth: 0,
    bytesPerGb: GIB,
    source: 'https://cloud.google.com/cdn/pricing (cache egress and lookups)',
    readOn: READ_ON,
  },
};

/** By the month, for a zone, paid by the month: by the year they are 20 and 200. Page, as read by others in October 2026. */
export const CLOUDFLARE_PLAN_USD = { free: 0, pro: 25, business: 250, enterprise: null } as const;

/**
 * Headrace itself on Cloudflare Workers: $0.30 for a million; the ten that the five dollars include are reckoned too. Others, August
 * 2026. Processor time beyond what they include is not reckoned; what its Redis costs comes on top, by the rate of `metrics` in
 * headrace.config.ts.
 */
export const EDGE_RATE: CdnRate = {
  usdPerGb: 0,
  usdPer10kRequests: 0.003,
  usdPerMonth: 5,
  bytesPerGb: GB,
  source: 'https://developers.cloudflare.com/workers/platform/pricing/ (Standard, requests)',
  readOn: READ_ON,
};

/** What the origin would have paid to send what a cache sent, beyond the 100 GB of a month that are free. Others, a bill among them. */
export const ORIGIN_RATE = {
  usdPerGb: 0.09,
  bytesPerGb: GB,
  source: 'https://aws.amazon.com/ec2/pricing/on-demand/ (data transfer out to the internet, first 10 TB)',
  readOn: READ_ON,
} as const;
