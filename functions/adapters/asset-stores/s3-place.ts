/**
 * Where in S3 files are published, and how attributes and digests are said there.
 *
 * Shape   attributes, digests -> members of the SDK's inputs
 */

import type { S3Client } from '@aws-sdk/client-s3';
import type { AssetAttributes } from '../../../shared/publishing/asset-store.ts';
import { toBase64 } from '../../publishing/digests.ts';

export interface S3AssetsOptions {
  readonly s3: S3Client;
  readonly bucket: string;
  /** How parts and bodies are told whole: what only AWS knows, or what every S3 does. @default 'sha256' */
  readonly checksums?: 'sha256' | 'md5';
  /** Whether the store obeys If-Match and If-None-Match on a write. Google Cloud Storage does not. @default true */
  readonly conditions?: boolean;
}

export type S3Place = Required<S3AssetsOptions>;

export interface Uploading {
  readonly place: S3Place;
  readonly key: string;
  readonly attributes: AssetAttributes;
  readonly signal: AbortSignal | undefined;
}

export function inputOf(attributes: AssetAttributes) {
  const { contentType, cacheControl, contentEncoding, metadata } = attributes;
  return {
    ContentType: contentType,
    CacheControl: cacheControl,
    ...(contentEncoding && { ContentEncoding: contentEncoding }),
    Metadata: { ...metadata },
  };
}

/** Settings of a request that ends with the signal. */
export function within(signal: AbortSignal | undefined): { readonly abortSignal?: AbortSignal } {
  return signal ? { abortSignal: signal } : {};
}

export interface Digests {
  readonly md5: Uint8Array;
  readonly sha256: Uint8Array;
}

/** The store refuses a body that is not what it says. */
export function digestInput({ md5, sha256 }: Digests, { checksums }: S3Place) {
  return checksums === 'sha256' ? { ChecksumSHA256: toBase64(sha256) } : { ContentMD5: toBase64(md5) };
}
