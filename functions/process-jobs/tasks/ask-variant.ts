/**
 * Has a variant made by asking the edge for its URL, as a visitor would: it is stored then, and the edge has it too.
 *
 * When the edge or what is behind it is down, the job is tried again; what is wrong with the variant itself is its outcome.
 *
 * Shape   path, signal -> size and type of the picture | the code of its refusal
 * Errors  Error with code IMAGE_EDGE_FAILED for a 429 or 5xx; what fetch throws
 * Cost    one request to the edge
 */

import { isRefusal } from '../../../shared/images/refusal.ts';
import { parseImageRequest } from '../../../shared/images/request/parse-request.ts';
import { readVariant } from '../../../shared/images/responsive/read-variant.ts';
import type { FailedVariant, MadeVariant } from '../../../shared/images/responsive/responsive-images.ts';
import { signRequest } from '../../../shared/images/url/signing.ts';
import type { Clock } from '../../../shared/primitives/clock.ts';

export type AskVariant = (path: string, signal: AbortSignal) => Promise<MadeVariant | FailedVariant>;

export interface AskVariantDeps {
  readonly fetch: typeof fetch;
  readonly clock: Clock;
}

export interface AskVariantOptions {
  /** The edge's origin, and where images are below it. */
  readonly edgeUrl: string;
  readonly imagesPath: string;
  /** None: the edge asks for no signatures. */
  readonly signingKeys: readonly string[];
}

const TIMEOUT_MS = 60_000;
const SIGNED_FOR_MS = 2 * TIMEOUT_MS;

export function createAskVariant({ fetch, clock }: AskVariantDeps, options: AskVariantOptions): AskVariant {
  const { edgeUrl, imagesPath, signingKeys } = options;

  async function queryOf(pathname: string): Promise<string> {
    if (signingKeys.length === 0) return '';
    const request = parseImageRequest({ pathname, search: '' }, { path: imagesPath, forms: [] });
    if (isRefusal(request)) return '';
    return `?${await signRequest(request, { keys: signingKeys, expiresAt: clock() + SIGNED_FOR_MS })}`;
  }

  return async (path, signal) => {
    const response = await fetch(edgeUrl + path + (await queryOf(path)), {
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    const variant = await readVariant(response);
    if (variant.ok || !isPassing(response.status)) return variant;
    throw Object.assign(new Error(`${path} was answered ${response.status} ${variant.code}`), {
      code: 'IMAGE_EDGE_FAILED',
    });
  };
}

function isPassing(status: number): boolean {
  return status === 429 || status >= 500;
}
