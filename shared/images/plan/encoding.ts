/**
 * How the result is encoded: the format that `legacy` turns out to be, and each encoder's settings.
 *
 * AVIF at effort 3 takes a fifth of the processor time of effort 4 for a twentieth more bytes; half the resolution of colour,
 * as JPEG and WebP have it, takes a quarter off both.
 *
 * Shape   options, does the picture have transparency or frames -> Encoding
 * Errors  none (total)
 */
import type { ImageOptions } from '../options.ts';
import type { Encoding } from './plan.ts';

export interface PictureTraits {
  readonly transparent: boolean;
  readonly moving: boolean;
}

const EFFORT = { avif: 3, webp: 4 } as const;
const FAST_EFFORT = { avif: 2, webp: 2 } as const;
const USUAL_QUALITY = 75;
/** From here on who asks wants thin coloured lines whole. */
const FULL_CHROMA = 80;

export function chooseEncoding(options: ImageOptions, traits: PictureTraits): Encoding {
  const { quality = USUAL_QUALITY, compression } = options;
  const effort = compression === 'fast' ? FAST_EFFORT : EFFORT;
  const format = encodedFormat(options.format, traits);
  switch (format) {
    case 'avif':
      return { format, quality, effort: effort.avif, chroma: quality < FULL_CHROMA ? '4:2:0' : '4:4:4' };
    case 'webp':
      return { format, quality, effort: effort.webp };
    case 'jpeg':
      return { format, quality, optimised: compression !== 'fast' };
    case 'png':
      return options.format === 'png' && options.quality !== undefined ? { format, quality } : { format };
    case 'gif':
      return { format };
  }
}

/** Formats that can hold more than one frame; in the others a picture that moves is its first. */
export function canMove(format: ImageOptions['format'] = 'legacy'): boolean {
  return format === 'webp' || format === 'gif' || format === 'legacy';
}

function encodedFormat(
  format: ImageOptions['format'],
  { transparent, moving }: PictureTraits,
): Encoding['format'] {
  if (format === 'avif' || format === 'webp' || format === 'jpeg' || format === 'png' || format === 'gif')
    return format;
  if (moving) return 'gif';
  return transparent ? 'png' : 'jpeg';
}
