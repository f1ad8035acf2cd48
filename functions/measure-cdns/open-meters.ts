/**
 * The CDNs of headrace.config.ts as they are measured: each with what its vendor tells it by, and its rate.
 *
 * Shape   settings by name, secrets -> Metered[]
 * Errors  none: a CDN whose secret is missing is one that cannot be measured, and says so
 */

import type { JsonCall } from '../../shared/aws/json-call.ts';
import { createAzureMeter } from '../../shared/cdn/analytics/azure-meter.ts';
import { type CdnMeter, CdnUnmeasured } from '../../shared/cdn/analytics/cdn-use.ts';
import { createCloudflareMeter } from '../../shared/cdn/analytics/cloudflare-meter.ts';
import { createCloudFrontMeter } from '../../shared/cdn/analytics/cloudfront-meter.ts';
import { createGoogleMeter } from '../../shared/cdn/analytics/google-meter.ts';
import type { Metered } from '../../shared/cdn/analytics/measure-all.ts';
import type { AppliedRate } from '../../shared/cdn/analytics/price.ts';
import { CDN_RATES, CLOUDFLARE_PLAN_USD } from '../../shared/cdn/analytics/rates.ts';
import type { CdnSettings, CdnsSettings } from '../../shared/cdn/settings-schema.ts';
import { type VendorAccess, vendorDepsOf } from '../adapters/cdn/vendor-deps.ts';

export interface OpenMetersDeps extends Omit<VendorAccess, 'googleScope'> {
  /** In us-east-1, where CloudFront's metrics are. */
  readonly cloudWatch: JsonCall;
}

const MONITORING = 'https://www.googleapis.com/auth/monitoring.read';

export function openMeters(settings: CdnsSettings, deps: OpenMetersDeps): readonly Metered[] {
  return Object.entries(settings).map(([name, given]) => ({
    meter: openOrSay(name, given, deps),
    rate: rateOf(given),
  }));
}

function openOrSay(name: string, given: CdnSettings, deps: OpenMetersDeps): CdnMeter {
  try {
    return openMeter(name, given, deps);
  } catch (cause) {
    const measure = () => Promise.reject(new CdnUnmeasured((cause as Error).message, { cause }));
    return { name, vendor: given.vendor, measure };
  }
}

function openMeter(name: string, given: CdnSettings, deps: OpenMetersDeps): CdnMeter {
  if (given.vendor === 'cloudfront') return createCloudFrontMeter({ name, ...given }, deps.cloudWatch);
  const vendor = vendorDepsOf(name, given, { ...deps, googleScope: MONITORING });
  switch (given.vendor) {
    case 'cloudflare':
      return createCloudflareMeter({ name, ...given }, vendor);
    case 'azure-front-door':
      return createAzureMeter({ name, ...given }, vendor);
    case 'google':
      return createGoogleMeter({ name, ...given }, vendor);
  }
}

function rateOf(given: CdnSettings): AppliedRate {
  const rate = CDN_RATES[given.vendor];
  return given.vendor === 'cloudflare' ? { ...rate, usdPerMonth: CLOUDFLARE_PLAN_USD[given.plan] } : rate;
}
