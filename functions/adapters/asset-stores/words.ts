/**
 * What each failure of a store means for who publishes, and what to do about it.
 *
 * Shape   key, code, the store's own word for it -> AssetStoreError
 */

import { type AssetStoreCode, AssetStoreError } from '../../../shared/publishing/asset-store.ts';

export interface StoreFailure {
  readonly code: AssetStoreCode;
  readonly word: string;
  readonly cause?: unknown;
}

export function storeError(key: string, { code, word, cause }: StoreFailure): AssetStoreError {
  return new AssetStoreError(code, `${key}: ${WORDS[code]} (${word})`, { cause });
}

export function tooLong(key: string, maxBytes: number): AssetStoreError {
  return new AssetStoreError('ASSET_TOO_LARGE', `${key} has more than ${maxBytes} bytes.`);
}

const WORDS: Readonly<Record<AssetStoreCode, string>> = {
  ASSET_BUCKET_MISSING: 'there is no such bucket: create it, or name another',
  ASSET_CONFLICT: 'somebody else wrote it meanwhile: begin again',
  ASSET_DAMAGED: 'it did not arrive as it left: begin again',
  ASSET_STORE_REFUSED: 'the store refuses: look at the credentials and what they may do',
  ASSET_STORE_SLOW: 'the store asks for fewer requests, again and again: begin again later',
  ASSET_STORE_UNAVAILABLE: 'the store cannot be reached, or fails itself: begin again later',
  ASSET_TOO_LARGE: 'it is larger than the store takes',
  ASSET_UPLOAD_LOST: 'the store has dropped the parts that were sent: begin again',
};
