/**
 * `headrace/images`: what a page, a build or a job needs to use images: URLs, attributes, signatures, sets of variants.
 */

export type { Description } from './engine.ts';
export type { Fit, Format, Gravity, ImageOptions } from './options.ts';
export {
  type FailedVariant,
  generateResponsiveImages,
  type MadeVariant,
  type Manifest,
  type ManifestVariant,
  type ResponsiveOptions,
} from './responsive/responsive-images.ts';
export { imageUrl, signedImageUrl, type UrlOptions } from './url/image-url.ts';
export { type Picture, type PictureOptions, picture, pictureHtml } from './url/picture.ts';
export type { SignOptions } from './url/signing.ts';
export { type SrcsetOptions, sizes, srcset } from './url/srcset.ts';
export * as unpic from './url/unpic.ts';
