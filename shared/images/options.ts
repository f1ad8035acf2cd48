/**
 * What can be asked of a picture, as types: the words of a URL after they were read.
 *
 * Units   lengths in pixels; `crop` in those of the upright source; blur and sharpen are sigmas
 */

/** Cloudflare's words, and `outside`: scale-down and crop never enlarge, the others may, up to a cap. */
export const FITS = ['scale-down', 'contain', 'cover', 'crop', 'pad', 'squeeze', 'outside'] as const;
export type Fit = (typeof FITS)[number];

/** `legacy` is what every client takes: JPEG, PNG where the source has transparency, GIF where it moves. */
export const FORMATS = ['auto', 'avif', 'webp', 'jpeg', 'png', 'gif', 'legacy', 'json'] as const;
export type Format = (typeof FORMATS)[number];

export const SIDES = [
  'center',
  'north',
  'northeast',
  'east',
  'southeast',
  'south',
  'southwest',
  'west',
  'northwest',
] as const;

export const STRATEGIES = ['entropy', 'attention'] as const;

/** What stays in sight when a picture is cut: a side, what the engine finds interesting, or a point (0 to 1 each way). */
export type Gravity =
  | (typeof SIDES)[number]
  | (typeof STRATEGIES)[number]
  | { readonly x: number; readonly y: number };

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface Margins {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}

/** In the order in which they are written in the one canonical form. */
export interface ImageOptions {
  readonly preset?: string;
  readonly width?: number;
  readonly height?: number;
  readonly dpr?: number;
  readonly fit?: Fit;
  readonly gravity?: Gravity;
  /** How far a border may differ from its corner's colour to be cut off. */
  readonly trim?: number;
  readonly crop?: Box;
  readonly rotate?: 90 | 180 | 270;
  readonly flip?: 'h' | 'v' | 'hv';
  readonly pad?: Margins;
  /** Hex digits: rrggbb or rrggbbaa. */
  readonly background?: string;
  readonly grayscale?: boolean;
  readonly tint?: string;
  readonly blur?: number;
  readonly sharpen?: number;
  /** The name of one of the settings' watermarks. */
  readonly watermark?: string;
  readonly format?: Format;
  readonly quality?: number;
  readonly compression?: 'fast';
  readonly anim?: boolean;
  readonly profile?: 'srgb' | 'p3';
  readonly metadata?: 'none' | 'copyright';
  readonly onerror?: 'problem' | 'redirect' | 'fallback';
}

export interface ImageRequest {
  /** A key of the source store, or an https URL. */
  readonly source: string;
  readonly options: ImageOptions;
}
