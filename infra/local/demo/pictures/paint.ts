/**
 * Paints a product's picture as a camera would deliver it: 1200 × 900, JPEG.
 *
 * Shape   number -> JPEG bytes
 * Cost    some 30 ms of processor time; sharp is loaded with the first picture, which is later than the start
 */

import { HEIGHT, sceneOf, WIDTH } from './scene.ts';

const QUALITY = 84;
const BLUR = 0.6;

export async function paintProduct(number: number): Promise<Buffer> {
  const { default: sharp } = await import('sharp');
  return sharp(Buffer.from(sceneOf(number)))
    .resize(WIDTH, HEIGHT)
    .blur(BLUR)
    .jpeg({ quality: QUALITY })
    .toBuffer();
}
