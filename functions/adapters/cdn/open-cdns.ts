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
import type { VendorDeps } from '../../../shared/cdn/providers/vendor-call.ts';
import { type CdnSecrets, secretOf } from '../../../shared/cdn/secrets.ts';
import type { CdnSettings, CdnsSettings } from '../../../shared/cdn/settings-schema.ts';
import { azureTokens } from '../../../shared/cdn/tokens/azure.ts';
import { fixedToken } from '../../../shared/cdn/tokens/get-token.ts';
import { googleTokens } from '../../../shared/cdn/tokens/google.ts';
import { createCloudFront } from './cloudfront.ts';

export interface OpenCdnsDeps extends Pick<VendorDeps, 'fetch' | 'clock'> {
  readonly secrets: CdnSecrets;
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
  const { fetch, clock, secrets } = deps;
  switch (given.vendor) {
    case 'cloudfront': {
      // What it sends again by itself nobody would count; its API is in us-east-1 alone.
      const client = deps.cloudFront ?? new CloudFrontClient({ region: 'us-east-1', maxAttempts: 1 });
      return createCloudFront({ name, ...given }, { client, clock });
    }
    case 'cloudflare': {
      const { token } = secretOf(secrets, name, 'cloudflare');
      return createCloudflare({ name, ...given }, { fetch, clock, getToken: fixedToken(token) });
    }
    case 'azure-front-door': {
      const identity = { ...secretOf(secrets, name, 'azure-front-door'), loginUrl: given.loginUrl };
      return createAzureFrontDoor(
        { name, ...given },
        { fetch, clock, getToken: azureTokens(identity, deps) },
      );
    }
    case 'google': {
      const key = secretOf(secrets, name, 'google');
      return createGoogle({ name, ...given }, { fetch, clock, getToken: googleTokens(key, deps) });
    }
  }
}
