/**
 * `headrace/publishing` in Node: uploads assets and folders to S3 (R2, Google Cloud Storage) or Azure Blob.
 *
 * Shape   createPublisher({ store: openS3Assets({ bucket }) }) -> { uploadAsset, publishFolder }
 * Errors  AssetInvalid, FolderFault; AssetStoreError with a stable code; AssetChanged
 */

import type { ImageEngine } from '../shared/images/engine.ts';
import { DEFAULT_IMAGE_SETTINGS } from '../shared/images/settings.ts';
import type { AssetStore } from '../shared/publishing/asset-store.ts';
import type { AzureSignIn } from './adapters/asset-stores/azure-request.ts';
import { createAzureAssets } from './adapters/asset-stores/azure-store.ts';
import type { AssetBody } from './publishing/asset-body.ts';
import { createPublishDeps } from './publishing/publish-deps.ts';
import { type PublishOptions, type PublishOutcome, publishFolder } from './publishing/publish-folder.ts';
import { type UploadedAsset, type UploadOptions, uploadAsset } from './publishing/upload-asset.ts';

export { type AssetStore, AssetStoreError } from '../shared/publishing/asset-store.ts';
export { openS3Assets, type S3Address } from './adapters/asset-stores/open-s3.ts';
export { createS3Assets } from './adapters/asset-stores/s3-store.ts';
export { AssetChanged } from './publishing/asset-changed.ts';
export { AssetInvalid } from './publishing/check-asset.ts';
export { FolderFault } from './publishing/read-folder.ts';
export type { AssetBody, PublishOptions, PublishOutcome, UploadedAsset, UploadOptions };

export interface Publisher {
  /** Its name gets a hash of its content unless `hash: false`. */
  uploadAsset(key: string, body: AssetBody, options?: UploadOptions): Promise<UploadedAsset>;
  /** Only what changed since the last time, pages last. */
  publishFolder(folder: string, options?: PublishOptions): Promise<PublishOutcome>;
}

export function createPublisher({ store }: { readonly store: AssetStore }): Publisher {
  const deps = createPublishDeps(store);
  return {
    uploadAsset: (key, body, options) => uploadAsset(deps, key, body, options),
    publishFolder: (folder, options) => publishFolder(folder, deps, options),
  };
}

/** What encodes JPEG and PNG anew, for the option `pictures`; it needs the package sharp. */
export async function openPictures(): Promise<ImageEngine> {
  const { createSharpEngine } = await import('./adapters/sharp/sharp-engine.ts');
  return createSharpEngine(DEFAULT_IMAGE_SETTINGS);
}

export interface AzureAddress {
  /** https://<account>.blob.core.windows.net/<container> */
  readonly containerUrl: string;
  readonly signIn: AzureSignIn;
}

export function openAzureAssets(address: AzureAddress): AssetStore {
  return createAzureAssets({
    ...address,
    fetch: (url, init) => fetch(url, init),
    clock: Date.now,
    random: Math.random,
    sleep: ms => new Promise(resolve => setTimeout(resolve, ms)),
  });
}
