/**
 * Tokens for Google's APIs, for a service account with a key: a signed claim is exchanged for one.
 *
 * Shape   the key as Google gives it, JSON -> token and its end
 * Errors  TypeError for a key that is none; Error with what the issuer said
 * Cost    one signature and one request
 * Source  Google Identity, "Using OAuth 2.0 for server to server applications"; RFC 7523
 */

import type { Clock } from '../../primitives/clock.ts';
import { type GetToken, keepToken } from './get-token.ts';
import { type IssuerDeps, requestToken } from './request-token.ts';

export interface GoogleKey {
  readonly client_email: string;
  readonly private_key: string;
  readonly token_uri?: string | undefined;
  /** What the token is for. @default Compute Engine */
  readonly scope?: string | undefined;
}

const SCOPE = 'https://www.googleapis.com/auth/compute';
const LIFE_SECONDS = 3_600;
const ISSUER = 'https://oauth2.googleapis.com/token';

export function googleTokens(key: GoogleKey, deps: IssuerDeps & { readonly clock: Clock }): GetToken {
  const { token_uri: issuer = ISSUER } = key;
  return keepToken(async signal => {
    const form = {
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      assertion: await signClaim(key, issuer, deps.clock()),
    };
    return requestToken(issuer, { ...deps, signal, form });
  }, deps.clock);
}

async function signClaim(key: GoogleKey, issuer: string, now: number): Promise<string> {
  const seconds = Math.floor(now / 1_000);
  const claim = {
    iss: key.client_email,
    scope: key.scope ?? SCOPE,
    aud: issuer,
    iat: seconds,
    exp: seconds + LIFE_SECONDS,
  };
  const text = `${encodeJson({ alg: 'RS256', typ: 'JWT' })}.${encodeJson(claim)}`;
  const bytes = new TextEncoder().encode(text);
  const signature = await crypto.subtle.sign('RSASSA-PKCS1-v1_5', await importKey(key), bytes);
  return `${text}.${base64Url(new Uint8Array(signature))}`;
}

function importKey({ private_key: pem }: GoogleKey) {
  const body = pem.replace(/-----[A-Z ]+-----|\s/g, '');
  const bytes = Uint8Array.from(atob(body), character => character.charCodeAt(0));
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  return crypto.subtle.importKey('pkcs8', bytes, algorithm, false, ['sign']);
}

function encodeJson(value: object): string {
  return base64Url(new TextEncoder().encode(JSON.stringify(value)));
}

/** RFC 7515 §2. */
function base64Url(bytes: Uint8Array): string {
  const text = btoa(String.fromCharCode(...bytes));
  return text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}
