/**
 * How alike two pictures are to the eye: mean SSIM over their pixels.
 *
 * Shape   two encoded pictures of one size -> 0 to 1
 * Source  Wang et al., "Image Quality Assessment: From Error Visibility to Structural Similarity" (2004)
 */

import sharp from 'sharp';
import { ssim } from 'ssim.js';

export async function likeness(one: Uint8Array, other: Uint8Array): Promise<number> {
  const [first, second] = await Promise.all([pixelsOf(one), pixelsOf(other)]);
  return ssim(first, second, { ssim: 'bezkrovny' }).mssim;
}

async function pixelsOf(bytes: Uint8Array) {
  const { data, info } = await sharp(bytes).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { data: new Uint8ClampedArray(data), width: info.width, height: info.height };
}
