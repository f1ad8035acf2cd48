/**
 * Asks the image function at its Function URL, which answers to signed requests alone.
 *
 * Only what the function reads is sent: what Cloudflare adds to a request on its way, or changes, would break the signature.
 * The path goes along as a field, because AWS decodes the one in the URL.
 *
 * Errors  rejects with what the runtime's fetch rejects with
 * Cost    one request to the function
 * Source  Lambda Developer Guide, "Invoking Lambda function URLs" (AuthType AWS_IAM, service `lambda`)
 */

import { createSignedFetch } from '../../shared/aws/signed-fetch.ts';
import type { AwsCredentials } from '../../shared/config/settings.ts';
import type { Clock } from '../../shared/primitives/clock.ts';
import type { SendUpstream } from '../adapters/upstream.ts';
import type { PlatformRequestInit } from '../platform.ts';

export interface AskFunctionDeps {
  readonly credentials: AwsCredentials;
  readonly region: string;
  readonly clock: Clock;
  readonly fetch: (url: string, init: PlatformRequestInit) => Promise<Response>;
}

const PATH_FIELD = 'x-headrace-image';
const SENT = ['if-none-match', 'traceparent'];

export function createAskFunction({ fetch, ...signing }: AskFunctionDeps): SendUpstream {
  const send = createSignedFetch({
    ...signing,
    service: 'lambda',
    fetch: (url, init) => fetch(url, { ...init, encodeResponseBody: 'manual' } as PlatformRequestInit),
  });
  return ({ origin, target, method, headers, signal }) =>
    send(origin.url + target, { method, headers: sentHeaders(headers, target), signal });
}

function sentHeaders(headers: Headers, target: string): Record<string, string> {
  const sent: Record<string, string> = { [PATH_FIELD]: target };
  for (const name of SENT) {
    const value = headers.get(name);
    if (value !== null) sent[name] = value;
  }
  return sent;
}
