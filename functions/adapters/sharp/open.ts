/**
 * Opens a source for sharp: strict on damage, bounded in pixels, one frame or all.
 *
 * Only the loaders of formats we know are left on: what sniffing let pass by mistake finds no decoder.
 *
 * Units   pixels; the time limit is in whole seconds, as libvips counts
 */
import sharp, { type Sharp } from 'sharp';
import type { ImageLimits } from '../../../shared/images/settings.ts';

export interface Opening {
  readonly limits: ImageLimits;
  readonly frames: 'first' | 'all';
}

sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: [
    'VipsForeignLoadJpeg',
    'VipsForeignLoadPng',
    'VipsForeignLoadWebp',
    'VipsForeignLoadNsgif',
    'VipsForeignLoadHeif',
    'VipsForeignLoadTiff',
    'VipsForeignLoadSvg',
  ],
});
// Pictures do not come again: what libvips would remember of them is only memory.
sharp.cache(false);

export function openImage(bytes: Uint8Array, { limits, frames }: Opening): Sharp {
  const { maxSourcePixels, timeoutMs } = limits;
  return sharp(bytes, {
    autoOrient: true,
    failOn: 'error',
    limitInputPixels: maxSourcePixels,
    animated: frames === 'all',
  }).timeout({ seconds: Math.ceil(timeoutMs / 1000) });
}

/** Reads the header only: how large it may be is decided by what this says. */
export function openHeader(bytes: Uint8Array): Sharp {
  return sharp(bytes, { limitInputPixels: false });
}
