/**
 * The port to where published files lie: S3 and what speaks as it does, Azure Blob.
 *
 * Units   bytes
 * Errors  AssetStoreError with a stable code; what a store's own slowness or absence may heal was tried again before
 * Cost    one request each; `open` up to three, `complete` two
 */

export interface AssetAttributes {
  readonly contentType: string;
  readonly cacheControl: string;
  readonly contentEncoding?: 'br' | 'gzip';
  /** Visible ASCII; names in small letters and hyphens, for example `cache-tag`. */
  readonly metadata: Readonly<Record<string, string>>;
}

export interface StoredAsset {
  readonly etag: string;
  readonly bytes: number;
  readonly attributes: AssetAttributes;
}

export interface AssetBytes {
  readonly etag: string;
  readonly bytes: Uint8Array;
}

/** Against another's write at the same time. A store that knows no conditions writes all the same. */
export type WriteCondition = { readonly ifMatch: string } | { readonly ifAbsent: true };

export interface WriteSettings {
  readonly condition?: WriteCondition;
  readonly signal?: AbortSignal | undefined;
}

/** A piece of a large file, with the digests that tell whether it arrived as it left. */
export interface AssetPart {
  /** From 1. */
  readonly number: number;
  readonly bytes: Uint8Array;
  readonly md5: Uint8Array;
  readonly sha256: Uint8Array;
}

export interface AssetUpload {
  /** `present`: an earlier attempt left the same bytes there, and nothing was sent. */
  send(part: AssetPart): Promise<'sent' | 'present'>;
  /** Until then the key has what it had before. */
  complete(): Promise<{ readonly etag: string }>;
  /** Gives up what was sent; without it, it can be gone on with. */
  abort(): Promise<void>;
}

export interface AssetLimits {
  /** Of every part but the last. */
  readonly smallestPartBytes: number;
  readonly mostParts: number;
}

export interface AssetStore {
  readonly limits: AssetLimits;
  stat(key: string): Promise<StoredAsset | undefined>;
  /** What has no coding; refuses what is longer. */
  read(key: string, maxBytes: number): Promise<AssetBytes | undefined>;
  put(
    key: string,
    bytes: Uint8Array,
    attributes: AssetAttributes,
    settings?: WriteSettings,
  ): Promise<{ readonly etag: string }>;
  /** Begins a large file, or goes on with the one of the same key and attributes that was interrupted. */
  open(key: string, attributes: AssetAttributes, settings?: WriteSettings): Promise<AssetUpload>;
  /** What is not there is removed already. */
  remove(key: string): Promise<void>;
}

export type AssetStoreCode =
  | 'ASSET_STORE_REFUSED'
  | 'ASSET_BUCKET_MISSING'
  | 'ASSET_CONFLICT'
  | 'ASSET_DAMAGED'
  | 'ASSET_UPLOAD_LOST'
  | 'ASSET_TOO_LARGE'
  | 'ASSET_STORE_SLOW'
  | 'ASSET_STORE_UNAVAILABLE';

export class AssetStoreError extends Error {
  override readonly name = 'AssetStoreError';
  readonly code: AssetStoreCode;

  constructor(code: AssetStoreCode, sentence: string, options?: ErrorOptions) {
    super(sentence, options);
    this.code = code;
  }
}
