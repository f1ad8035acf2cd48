/**
 * Large payloads as objects of a bucket, from where there is no SDK.
 *
 * Units   milliseconds
 * Errors  PayloadMissing when there is no such object; PayloadsUnavailable for everything else
 * Cost    one request; a second where the first had no answer, or S3 failed itself
 */

import type { SignedFetch, SignedRequest } from '../../shared/aws/signed-fetch.ts';
import { PayloadMissing, type PayloadStore, PayloadsUnavailable } from '../../shared/jobs/payload-store.ts';

export interface SignedPayloadsOptions {
  /** What the URL of every payload begins with: the bucket's own, and a slash. */
  readonly url: string;
  /** Of one try. @default 3000 */
  readonly deadlineMs?: number;
}

const TRIES = 2;

export function createSignedPayloads(
  signedFetch: SignedFetch,
  { url, deadlineMs = 3_000 }: SignedPayloadsOptions,
) {
  async function tryOnce(key: string, request: SignedRequest): Promise<string> {
    const signal = AbortSignal.timeout(deadlineMs);
    const response = await signedFetch(url + key, { ...request, signal });
    const text = await response.text();
    if (response.ok) return text;
    if (response.status === 404) throw new PayloadMissing(`There is no payload ${key}`);
    throw new PayloadsUnavailable(`The bucket answered ${response.status} for ${key}`);
  }

  async function ask(key: string, request: SignedRequest): Promise<string> {
    for (let tried = 1; ; tried++) {
      try {
        return await tryOnce(key, request);
      } catch (cause) {
        if (cause instanceof PayloadMissing) throw cause;
        if (tried === TRIES)
          throw new PayloadsUnavailable(`The payload ${key} could not be reached`, { cause });
      }
    }
  }

  return {
    async put(key, body) {
      const headers = { 'content-type': 'application/json' };
      await ask(key, { method: 'PUT', headers, body });
    },
    get: key => ask(key, {}),
  } satisfies PayloadStore;
}
