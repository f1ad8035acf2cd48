/**
 * Tokens for Azure's management API, for an application registered in Entra ID with a secret.
 *
 * Shape   tenant, client, secret -> token and its end
 * Errors  Error naming what the issuer said, never the secret
 * Cost    one request
 * Source  Microsoft identity platform, "OAuth 2.0 client credentials flow"
 */

import type { Clock } from '../../primitives/clock.ts';
import { type GetToken, keepToken } from './get-token.ts';
import { type IssuerDeps, requestToken } from './request-token.ts';

export interface AzureIdentity {
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** @default 'https://login.microsoftonline.com' */
  readonly loginUrl?: string | undefined;
}

export function azureTokens(
  { tenantId, clientId, clientSecret, loginUrl = 'https://login.microsoftonline.com' }: AzureIdentity,
  deps: IssuerDeps & { readonly clock: Clock },
): GetToken {
  return keepToken(
    signal =>
      requestToken(`${loginUrl}/${encodeURIComponent(tenantId)}/oauth2/v2.0/token`, {
        ...deps,
        signal,
        form: {
          grant_type: 'client_credentials',
          client_id: clientId,
          client_secret: clientSecret,
          scope: 'https://management.azure.com/.default',
        },
      }),
    deps.clock,
  );
}
