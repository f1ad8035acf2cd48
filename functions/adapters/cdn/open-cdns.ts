/**
 * The CDNs of headrace.config.ts as the service knows them: each with its provider, its rates and its secrets.
 *
 * Shape   settings by name, secrets -> Cdn[]
 * Errors  Error naming the CDN and the field of its secret that is missing
 */

import { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import type { Cdn } from '../../../shared/cdn/carry-out/plan-runs.ts';
import type { CdnProvider } from '../../../shared/cdn/provider.ts';
import { createAzureFrontDoor } from '../../../shared/cdn/providers/azure-front-door.ts';
import { createCloudflare } from '../../../shared/cdn/providers/cloudflare.ts';
import { createGoogle } from '../../../shared/cdn/providers/google.ts';
import type { CdnSettings, CdnsSettings } from '../../../shared/cdn/settings-schema.ts';
import { createCloudFront } from './cloudfront.ts';
import { type VendorAccess, vendorDepsOf } from './vendor-deps.ts';

export interface OpenCdnsDeps extends Omit<VendorAccess, 'googleScope'> {
  /** @default one of the function's own role */
  readonly cloudFront?: CloudFrontClient;
}

export function openCdns(settings: CdnsSettings, deps: OpenCdnsDeps): readonly Cdn[] {
  return Object.entries(settings).map(([name, given]) => ({
    provider: openProvider(name, given, deps),
    hosts: given.hosts,
    collapseAbove: given.collapseAbove,
    account: given.account ?? name,
    usesTagIndex: 'tagIndex' in given && given.tagIndex,
  }));
}

function openProvider(name: string, given: CdnSettings, deps: OpenCdnsDeps): CdnProvider {
  if (given.vendor === 'cloudfront') {
    // What it sends again by itself nobody would count; its API is in us-east-1 alone.
    const client = deps.cloudFront ?? new CloudFrontClient({ region: 'us-east-1', maxAttempts: 1 });
    return createCloudFront({ name, ...given }, { client, clock: deps.clock });
  }
  const vendor = vendorDepsOf(name, given, deps);
  switch (given.vendor) {
    case 'cloudflare':
      return createCloudflare({ name, ...given }, vendor);
    case 'azure-front-door':
      return createAzureFrontDoor({ name, ...given }, vendor);
    case 'google':
      return createGoogle({ name, ...given }, vendor);
  }
}
