/**
 * Describes a picture for the page that will show it: its size, what to show meanwhile, and its main colour.
 *
 * Errors  sharp's, when the source cannot be decoded
 * Cost    one decoding, shrunk to 100 pixels
 * Source  evanw/thumbhash
 */
import sharp from 'sharp';
import { rgbaToThumbHash } from 'thumbhash';
import type { Description, Inspected } from '../../../shared/images/engine.ts';
import { uprightSize } from '../../../shared/images/plan/source-facts.ts';
import type { ImageLimits } from '../../../shared/images/settings.ts';
import { openImage } from './open.ts';

/** The most that thumbhash takes. */
const SAMPLE_SIDE = 100;
const PLACEHOLDER_SIDE = 20;
const PLACEHOLDER = { quality: 30, alphaQuality: 30, effort: 6 } as const;

export async function describeImage(source: Inspected, limits: ImageLimits): Promise<Description> {
  const { facts, bytes } = source;
  const { data, info } = await openImage(bytes, { limits, frames: 'first' })
    .resize({ width: SAMPLE_SIDE, height: SAMPLE_SIDE, fit: 'inside' })
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const sample = () => sharp(data, { raw: { width: info.width, height: info.height, channels: 4 } });
  const [placeholder, { dominant }] = await Promise.all([
    sample()
      .resize({ width: PLACEHOLDER_SIDE, height: PLACEHOLDER_SIDE, fit: 'inside' })
      .webp(PLACEHOLDER)
      .toBuffer(),
    sample().stats(),
  ]);
  return {
    ...uprightSize(facts),
    type: facts.type,
    bytes: bytes.byteLength,
    frames: facts.frames,
    hasAlpha: facts.hasAlpha,
    thumbhash: Buffer.from(rgbaToThumbHash(info.width, info.height, data)).toString('base64'),
    placeholder: `data:image/webp;base64,${placeholder.toString('base64')}`,
    dominantColour: `#${[dominant.r, dominant.g, dominant.b].map(channel => channel.toString(16).padStart(2, '0')).join('')}`,
  };
}
