/**
 * Makes a watermark ready to be laid on: as large as the plan says, faded, as plain pixels.
 *
 * Errors  sharp's, when the watermark cannot be decoded
 */
import sharp from 'sharp';
import type { WatermarkStep } from '../../../shared/images/plan/plan.ts';
import type { ImageLimits } from '../../../shared/images/settings.ts';
import type { Overlay } from './carry-out.ts';
import { openImage } from './open.ts';

export async function makeOverlay(
  bytes: Uint8Array,
  { within, opacity }: WatermarkStep,
  limits: ImageLimits,
): Promise<Overlay> {
  const { data, info } = await openImage(bytes, { limits, frames: 'first' })
    .resize({ ...within, fit: 'inside' })
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  if (opacity >= 1) return { bytes: data, width, height };
  const faded = await sharp(data, { raw: { width, height, channels: 4 } })
    .composite([
      { input: veil(opacity), raw: { width: 1, height: 1, channels: 4 }, tile: true, blend: 'dest-in' },
    ])
    .raw()
    .toBuffer();
  return { bytes: faded, width, height };
}

/** One pixel whose transparency is laid over all. */
function veil(opacity: number): Buffer {
  return Buffer.from([255, 255, 255, Math.round(255 * opacity)]);
}
