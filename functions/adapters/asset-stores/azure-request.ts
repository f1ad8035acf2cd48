/**
 * One request to Azure Blob Storage: signed in, dated, and sent again while the service is slow or away.
 *
 * Shape   { method, key, query, headers, body } -> the response, unless it is a failure
 * Units   milliseconds
 * Errors  AssetStoreError; `passes` names the failures that are an answer to the caller
 * Cost    one request; up to five where the service is busy or gives no answer
 * Source  Azure Storage REST API: "Authorize requests", "Versioning", "Status and error codes"
 */

import type { AssetStoreCode, AssetStoreError } from '../../../shared/publishing/asset-store.ts';
import { storeError } from './words.ts';

export type AzureSignIn =
  /** A shared access signature, as the portal gives it: with or without its question mark. */
  | { readonly kind: 'sas'; readonly sas: string }
  /** A bearer token for https://storage.azure.com/; asked for before each request, so that it may be kept and renewed. */
  | { readonly kind: 'token'; readonly getToken: () => Promise<string> };

export interface AzurePlace {
  /** https://<account>.blob.core.windows.net/<container> */
  readonly containerUrl: string;
  readonly signIn: AzureSignIn;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly clock: () => number;
  readonly random: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  /** Of one try, its answer begun. @default 60_000 */
  readonly deadlineMs?: number;
}

export interface AzureRequest {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'DELETE';
  readonly key: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
  readonly signal?: AbortSignal | undefined;
  /** Azure's codes of failures that the caller makes something of. */
  readonly passes?: readonly string[];
}

/** The oldest with blocks of 4,000 MiB is of 2019; this one is of 2023. */
const AZURE_VERSION = '2023-11-03';
/** Nothing is under that key: Azure's word for it, or the status where it says none. */
export const MISSING = ['BlobNotFound', '404'];
const TRIES = 5;
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 10_000;

export async function askAzure(place: AzurePlace, request: AzureRequest): Promise<Response> {
  for (let tried = 1; ; tried++) {
    const outcome = await tryOnce(place, request);
    if (outcome instanceof Response) return outcome;
    if (!outcome.heals || tried === TRIES) throw outcome.error;
    await place.sleep(outcome.afterMs ?? backoffMs(tried, place.random));
    request.signal?.throwIfAborted();
  }
}

interface Failure {
  readonly error: AssetStoreError;
  readonly heals: boolean;
  readonly afterMs?: number;
}

async function tryOnce(place: AzurePlace, request: AzureRequest): Promise<Response | Failure> {
  try {
    const response = await send(place, request);
    if (response.ok) return response;
    const code = response.headers.get('x-ms-error-code') ?? String(response.status);
    if (request.passes?.includes(code)) return response;
    await response.body?.cancel();
    return failureOf(request.key, code, response);
  } catch (cause) {
    request.signal?.throwIfAborted();
    const name = cause instanceof Error ? cause.name : 'no answer';
    return {
      error: storeError(request.key, { code: 'ASSET_STORE_UNAVAILABLE', word: name, cause }),
      heals: true,
    };
  }
}

async function send(place: AzurePlace, { key, query, headers, body, method, signal }: AzureRequest) {
  const { containerUrl, signIn, clock, deadlineMs = 60_000 } = place;
  const url = new URL(
    `${containerUrl.replace(/\/+$/, '')}/${key.split('/').map(encodeURIComponent).join('/')}`,
  );
  if (signIn.kind === 'sas') url.search = signIn.sas;
  for (const [name, value] of Object.entries(query ?? {})) url.searchParams.set(name, value);
  const deadline = AbortSignal.timeout(deadlineMs);
  return place.fetch(url.href, {
    method,
    headers: {
      'x-ms-version': AZURE_VERSION,
      'x-ms-date': new Date(clock()).toUTCString(),
      ...(signIn.kind === 'token' && { authorization: `Bearer ${await signIn.getToken()}` }),
      ...headers,
    },
    ...(body !== undefined && { body: body as NonNullable<RequestInit['body']> }),
    signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
  });
}

function failureOf(key: string, word: string, { status, headers }: Response): Failure {
  const code = CODES[word] ?? (status >= 500 ? 'ASSET_STORE_UNAVAILABLE' : 'ASSET_STORE_REFUSED');
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return {
    error: storeError(key, { code, word }),
    heals: status >= 500 || status === 429 || status === 408,
    ...(seconds >= 0 && { afterMs: Math.min(seconds * 1_000, LONGEST_WAIT_MS) }),
  };
}

const CODES: Readonly<Record<string, AssetStoreCode>> = {
  BlobAlreadyExists: 'ASSET_CONFLICT',
  ConditionNotMet: 'ASSET_CONFLICT',
  ContainerBeingDeleted: 'ASSET_BUCKET_MISSING',
  ContainerNotFound: 'ASSET_BUCKET_MISSING',
  InvalidBlockList: 'ASSET_UPLOAD_LOST',
  Md5Mismatch: 'ASSET_DAMAGED',
  RequestBodyTooLarge: 'ASSET_TOO_LARGE',
  ServerBusy: 'ASSET_STORE_SLOW',
  '429': 'ASSET_STORE_SLOW',
};

/** Anything up to a bound that doubles: many who wait do not come back at once. */
function backoffMs(tried: number, random: () => number): number {
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (tried - 1)) * random();
}
