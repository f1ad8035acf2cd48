/**
 * Opens a store in S3, or in what speaks as it does at an address of its own.
 *
 * Units   milliseconds
 * Errors  none here: credentials are looked for at the first request
 */

import { S3Client } from '@aws-sdk/client-s3';
import type { AssetStore } from '../../../shared/publishing/asset-store.ts';
import { createS3Assets } from './s3-store.ts';

export interface S3Address {
  readonly bucket: string;
  /** @default AWS_REGION, else what the profile says */
  readonly region?: string | undefined;
  /** Of R2: https://<account>.r2.cloudflarestorage.com; of Google: https://storage.googleapis.com. @default AWS itself */
  readonly endpoint?: string | undefined;
  /** @default where the SDK looks for them */
  readonly credentials?:
    | { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken?: string }
    | undefined;
}

const TRIES = 5;
const CONNECT_MS = 5_000;
/** Of one request, a part of some MB included. */
const ANSWER_MS = 60_000;
const GOOGLE = 'storage.googleapis.com';

export function openS3Assets({ bucket, region, endpoint, credentials }: S3Address): AssetStore {
  const s3 = new S3Client({
    ...(region && { region }),
    ...(endpoint && { endpoint, forcePathStyle: true, region: region ?? 'auto' }),
    ...(credentials && { credentials }),
    maxAttempts: TRIES,
    requestHandler: { connectionTimeout: CONNECT_MS, requestTimeout: ANSWER_MS },
    // What is sent says its digest itself, in the one way that this store knows.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  const isAws = endpoint === undefined || /\.amazonaws\.com(\.cn)?$/.test(new URL(endpoint).hostname);
  return createS3Assets({
    s3,
    bucket,
    checksums: isAws ? 'sha256' : 'md5',
    conditions: endpoint === undefined || new URL(endpoint).hostname !== GOOGLE,
  });
}
