/**
 * The attributes that let a browser choose: candidates by width or by density, and how wide the picture will stand.
 *
 * Shape   srcset('a.jpg', { widths: [320, 640] }) -> '/images/width=320,…/a.jpg 320w, …'; sizes([['(min-width: 60em)', '50vw']], '100vw')
 * Units   CSS pixels for `width`, pixels for `widths`
 * Errors  as imageUrl
 * Source  HTML Standard, "srcset attributes", "sizes attributes"
 */
import type { ImageOptions } from '../options.ts';
import { DEFAULT_IMAGE_SETTINGS } from '../settings.ts';
import { imageUrl, type UrlOptions } from './image-url.ts';

export interface SrcsetOptions extends UrlOptions {
  /** @default the ladder's steps from 320 to 3840 */
  readonly widths?: readonly number[];
  /** For a picture whose place has one width: 1x, 2x … of it, in place of widths. */
  readonly densities?: readonly number[];
  readonly options?: ImageOptions;
}

const SMALLEST = 320;
const USUAL_WIDTHS: readonly number[] = DEFAULT_IMAGE_SETTINGS.ladder.filter(width => width >= SMALLEST);

export function srcset(
  source: string,
  { widths = USUAL_WIDTHS, densities, options = {}, ...url }: SrcsetOptions = {},
): string {
  if (densities !== undefined) {
    const candidate = (dpr: number) => `${imageUrl(source, { ...options, dpr }, url)} ${dpr}x`;
    return densities.map(candidate).join(', ');
  }
  return widths.map(width => `${imageUrl(source, atWidth(options, width), url)} ${width}w`).join(', ');
}

/** The first condition that holds decides; the last has none. */
export function sizes(
  conditions: readonly (readonly [media: string, length: string])[],
  otherwise: string,
): string {
  return [...conditions.map(([media, length]) => `${media} ${length}`), otherwise].join(', ');
}

/** A box keeps its proportions at every width. */
export function atWidth(options: ImageOptions, width: number): ImageOptions {
  const { width: own, height } = options;
  if (height === undefined || own === undefined) return { ...options, width };
  return { ...options, width, height: Math.max(1, Math.round((height * width) / own)) };
}
