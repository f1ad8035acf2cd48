/**
 * What is done to an asset on its way to the store, and what is said of it there.
 */

import type { ImageEngine } from '../../shared/images/engine.ts';
import type { AssetAttributes } from '../../shared/publishing/asset-store.ts';
import { cacheControlOf } from '../../shared/publishing/cache-control.ts';
import type { VariantCoding } from '../../shared/publishing/text-variants.ts';

export interface Treatment {
  /** By which caches forget it: what the edge and CDNs call a cache tag. @default none */
  readonly tags?: readonly string[];
  /** In place of what the name decides. */
  readonly cacheControl?: string;
  /** Whether text is also stored in brotli and gzip. @default true */
  readonly compress?: boolean;
  /** Whether JS, CSS, SVG, HTML and JSON are made smaller. @default false */
  readonly minify?: boolean;
  /** Encodes JPEG and PNG anew; without one they stay as they are. */
  readonly pictures?: ImageEngine;
  /** What could not be made smaller, and why. @default nobody is told */
  readonly onLeft?: (key: string, reason: string) => void;
}

export interface Described {
  readonly contentType: string;
  readonly isHashed: boolean;
  /** Of the source, in hex. */
  readonly sha256?: string;
  readonly form?: string;
  readonly coding?: VariantCoding | undefined;
}

export function attributesFor(described: Described, { tags = [], cacheControl }: Treatment): AssetAttributes {
  const { contentType, isHashed, sha256, form, coding } = described;
  return {
    contentType,
    cacheControl: cacheControl ?? cacheControlOf(isHashed),
    ...(coding && { contentEncoding: coding }),
    metadata: {
      ...(tags.length > 0 && { 'cache-tag': tags.join(',') }),
      ...(sha256 && { 'content-sha256': sha256 }),
      ...(form && { form }),
    },
  };
}
