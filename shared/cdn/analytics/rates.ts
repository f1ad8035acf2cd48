/**
 * What CDNs cost at list price, first tier, North America and Europe: to compare by, not to bill by.
 *
 * Shape   vendor -> rates, where they stand, and when somebody read them there
 * Units   US dollars; GB of 10^9 bytes as CloudFront bills, GiB where the vendor does so
 */

import type { CdnVendor } from './cdn-use.ts';

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
    usdPerGb: 0.085,
    usdPer10kRequests: 0.01,
    usdPerMonth: 0,
    bytesPerGb: GB,
    source: 'https://aws.amazon.com/cloudfront/pricing/ (pay as you go, HTTPS)',
    readOn: READ_ON,
  },
  cloudflare: {
    // Plans are paid by the month; what they carry is not counted.
    usdPerGb: 0,
    usdPer10kRequests: 0,
    usdPerMonth: 0,
    bytesPerGb: GB,
    source: 'https://www.cloudflare.com/plans/ (Free)',
    readOn: READ_ON,
  },
  'azure-front-door': {
    usdPerGb: 0.083,
    usdPer10kRequests: 0.009,
    usdPerMonth: 35,
    bytesPerGb: GB,
    source: 'https://azure.microsoft.com/pricing/details/frontdoor/ (Standard, zone 1)',
    readOn: READ_ON,
  },
  google: {
    usdPerGb: 0.08,
    usdPer10kRequests: 0.0075,
    usdPerMonth: 0,
    bytesPerGb: GIB,
    source: 'https://cloud.google.com/cdn/pricing (cache egress and lookups)',
    readOn: READ_ON,
  },
};

/** By the month, for a zone. */
export const CLOUDFLARE_PLAN_USD = { free: 0, pro: 25, business: 250, enterprise: null } as const;

/** Headrace itself on Cloudflare Workers; what its Redis costs comes on top, by the rate of `metrics` in headrace.config.ts. */
export const EDGE_RATE: CdnRate = {
  usdPerGb: 0,
  usdPer10kRequests: 0.003,
  usdPerMonth: 5,
  bytesPerGb: GB,
  source: 'https://developers.cloudflare.com/workers/platform/pricing/ (Standard, requests)',
  readOn: READ_ON,
};

/** What the origin would have paid to send what a cache sent. */
export const ORIGIN_RATE = {
  usdPerGb: 0.09,
  bytesPerGb: GB,
  source: 'https://aws.amazon.com/ec2/pricing/on-demand/ (data transfer out to the internet, first 10 TB)',
  readOn: READ_ON,
} as const;
