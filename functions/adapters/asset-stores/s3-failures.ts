/**
 * What S3's refusals mean for who publishes.
 *
 * Shape   the SDK's error -> AssetStoreError with a stable code and a sentence that says what to do
 * Source  S3 API Reference, "Error responses"
 */

import { S3ServiceException } from '@aws-sdk/client-s3';
import { type AssetStoreCode, AssetStoreError } from '../../../shared/publishing/asset-store.ts';
import { storeError } from './words.ts';

/** HEAD has no body, so its 404 has no code: NotFound may also be a bucket that is not there. */
function isMissing(error: unknown): boolean {
  return error instanceof S3ServiceException && (error.name === 'NoSuchKey' || error.name === 'NotFound');
}

export function isLostUpload(error: unknown): boolean {
  return error instanceof S3ServiceException && error.name === 'NoSuchUpload';
}

export function failed(key: string, signal?: AbortSignal) {
  return (error: unknown): never => {
    signal?.throwIfAborted();
    if (error instanceof AssetStoreError) throw error;
    throw storeError(key, { code: codeOf(error), word: wordOf(error), cause: error });
  };
}

/** Nothing under that key is an answer; a bucket that is not there is none. */
export function orMissing(key: string) {
  return (error: unknown) => (isMissing(error) ? undefined : failed(key)(error));
}

/** An upload that is over already is an answer, too. */
export function orLost(key: string) {
  return (error: unknown) => (isLostUpload(error) ? undefined : failed(key)(error));
}

function codeOf(error: unknown): AssetStoreCode {
  if (!(error instanceof S3ServiceException)) return 'ASSET_STORE_UNAVAILABLE';
  const known = CODES[error.name];
  if (known) return known;
  const status = error.$metadata.httpStatusCode ?? 0;
  if (status === 403 || status === 401) return 'ASSET_STORE_REFUSED';
  if (status === 429) return 'ASSET_STORE_SLOW';
  return status >= 400 && status < 500 ? 'ASSET_STORE_REFUSED' : 'ASSET_STORE_UNAVAILABLE';
}

const CODES: Readonly<Record<string, AssetStoreCode>> = {
  BadDigest: 'ASSET_DAMAGED',
  ConditionalRequestConflict: 'ASSET_CONFLICT',
  EntityTooLarge: 'ASSET_TOO_LARGE',
  InvalidDigest: 'ASSET_DAMAGED',
  NoSuchBucket: 'ASSET_BUCKET_MISSING',
  NoSuchUpload: 'ASSET_UPLOAD_LOST',
  PreconditionFailed: 'ASSET_CONFLICT',
  SlowDown: 'ASSET_STORE_SLOW',
  TooManyRequests: 'ASSET_STORE_SLOW',
  XAmzContentChecksumMismatch: 'ASSET_DAMAGED',
  XAmzContentSHA256Mismatch: 'ASSET_DAMAGED',
};

function wordOf(error: unknown): string {
  if (!(error instanceof Error)) return 'no reason given';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
