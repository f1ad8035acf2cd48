/** The qualities that are said to look the same, looked at: structural similarity with the picture before encoding. */

import sharp from 'sharp';
import { ssim } from 'ssim.js';
import { beforeAll, expect, it } from 'vitest';
import { encode } from '../../../functions/adapters/sharp/encode.ts';
import { chooseEncoding } from '../../../shared/images/plan/encoding.ts';
import { qualityFor } from '../../../shared/images/resolve/quality.ts';
import { photograph } from './pictures.ts';

const FORMATS = ['jpeg', 'webp', 'avif'] as const;
let original: Buffer;

beforeAll(async () => {
  original = await photograph({ width: 320, height: 214 }).blur(0.7).png().toBuffer();
});

async function pixels(bytes: Uint8Array) {
  const { data, info } = await sharp(bytes).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { data: new Uint8ClampedArray(data), width: info.width, height: info.height };
}

async function similarity(format: (typeof FORMATS)[number], perceived: number): Promise<number> {
  const options = { format, quality: qualityFor(format, perceived) };
  const encoding = chooseEncoding(options, { transparent: false, moving: false });
  const made = await encode(sharp(original), encoding).toBuffer();
  return ssim(await pixels(made), await pixels(original)).mssim;
}

it.each([50, 75, 90])('quality %i looks the same in every format', async perceived => {
  const [jpeg = 0, ...others] = await Promise.all(FORMATS.map(format => similarity(format, perceived)));
  for (const other of others) expect(Math.abs(other - jpeg)).toBeLessThan(0.02);
});
