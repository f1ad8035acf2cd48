/**
 * What a vendor's API is asked with: the token that the CDN's secret is good for.
 *
 * Shape   name, settings, secrets -> VendorDeps
 * Errors  Error naming the CDN and the field of its secret that is missing
 */

import type { VendorDeps } from '../../../shared/cdn/providers/vendor-call.ts';
import { type CdnSecrets, secretOf } from '../../../shared/cdn/secrets.ts';
import { azureTokens } from '../../../shared/cdn/tokens/azure.ts';
import { fixedToken, type GetToken } from '../../../shared/cdn/tokens/get-token.ts';
import { googleTokens } from '../../../shared/cdn/tokens/google.ts';

export interface VendorAccess extends Pick<VendorDeps, 'fetch' | 'clock'> {
  readonly secrets: CdnSecrets;
  /** What Google's tokens are for. @default Compute Engine */
  readonly googleScope?: string;
}

/** CloudFront has no token: it is reached with the role of the function. */
type WithToken =
  | { readonly vendor: 'cloudflare' | 'google' }
  | { readonly vendor: 'azure-front-door'; readonly loginUrl?: string | undefined };

export function vendorDepsOf(name: string, given: WithToken, access: VendorAccess): VendorDeps {
  const { fetch, clock } = access;
  return { fetch, clock, getToken: tokensOf(name, given, access) };
}

function tokensOf(name: string, given: WithToken, access: VendorAccess): GetToken {
  const { secrets, googleScope: scope } = access;
  switch (given.vendor) {
    case 'cloudflare':
      return fixedToken(secretOf(secrets, name, 'cloudflare').token);
    case 'azure-front-door':
      return azureTokens(
        { ...secretOf(secrets, name, 'azure-front-door'), loginUrl: given.loginUrl },
        access,
      );
    case 'google':
      return googleTokens({ ...secretOf(secrets, name, 'google'), ...(scope && { scope }) }, access);
  }
}
