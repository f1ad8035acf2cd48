/**
 * Refuses a name or tags that a store, a URL or a cache could not have, before anything is sent.
 *
 * Shape   name, tags -> key
 * Errors  AssetInvalid with the sentence
 */

import { MOST_TAGS_OF_AN_OBJECT } from '../../shared/cdn/tag.ts';
import { isCacheTag } from '../../shared/http/cache-tags.ts';
import { parseAssetKey } from '../../shared/publishing/asset-key.ts';

export class AssetInvalid extends Error {
  override readonly name = 'AssetInvalid';
  readonly code = 'ASSET_INVALID';
}

export function checkAsset(name: string, tags?: readonly string[]): string {
  const parsed = parseAssetKey(name);
  if (!parsed.ok)
    throw new AssetInvalid(`An asset cannot be called ${JSON.stringify(name)}: it ${parsed.why}.`);
  checkTags(tags);
  return parsed.key;
}

/** More than a CDN keeps, it would drop without a word. */
export function checkTags(tags: readonly string[] = []): void {
  if (tags.length > MOST_TAGS_OF_AN_OBJECT)
    throw new AssetInvalid(`An asset may have ${MOST_TAGS_OF_AN_OBJECT} tags, not ${tags.length}.`);
  const wrong = tags.find(tag => !isCacheTag(tag));
  if (wrong !== undefined)
    throw new AssetInvalid(
      `${JSON.stringify(wrong)} is no cache tag: visible ASCII without a comma, 256 at most.`,
    );
}
