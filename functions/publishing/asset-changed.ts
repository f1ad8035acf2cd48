/**
 * A file was not the same when it was sent as when it was looked at: something writes it. What was stored before stays.
 */

export class AssetChanged extends Error {
  override readonly name = 'AssetChanged';
  readonly code = 'ASSET_CHANGED';

  constructor(key: string) {
    super(`${key} changed while it was published: wait until it is written, and begin again.`);
  }
}
