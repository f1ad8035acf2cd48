/**
 * Fetches from AWS with Signature Version 4, where there is no SDK: the edge.
 *
 * Shape   url + request -> the response, whatever its status
 * Errors  rejects with what the fetch rejects with; never retries, so every call is one request
 * Cost    three hashes of the request; the key made from the secret is kept for a day
 * Source  AWS IAM User Guide, "Create a signed AWS API request"
 */

import { AwsV4Signer } from 'aws4fetch';
import type { Clock } from '../primitives/clock.ts';
import { formatDatetime } from './datetime.ts';

export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface SignedFetchDeps {
  readonly credentials: AwsCredentials;
  readonly region: string;
  /** As its requests are signed for: sqs, s3, lambda. */
  readonly service: string;
  readonly clock: Clock;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
}

export interface SignedRequest {
  /** @default POST where there is a body, else GET */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly signal?: AbortSignal;
}

export type SignedFetch = (url: string, request?: SignedRequest) => Promise<Response>;

export function createSignedFetch({
  credentials,
  region,
  service,
  clock,
  fetch,
}: SignedFetchDeps): SignedFetch {
  let keys: { day: string; cache: Map<string, ArrayBuffer> } | undefined;

  /** The signer would keep the key of every day that the isolate lives. */
  function keysOf(datetime: string): Map<string, ArrayBuffer> {
    const day = datetime.slice(0, 8);
    if (keys?.day !== day) keys = { day, cache: new Map() };
    return keys.cache;
  }

  return async (url, { signal, ...request } = {}) => {
    const datetime = formatDatetime(clock());
    const options = { url, ...request, ...credentials, region, service, datetime, cache: keysOf(datetime) };
    const { url: to, ...signed } = await new AwsV4Signer(options).sign();
    return fetch(to.href, { ...signed, redirect: 'manual', ...(signal && { signal }) } as RequestInit);
  };
}
