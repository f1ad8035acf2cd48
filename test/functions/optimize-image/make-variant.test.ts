import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { createSharpEngine } from '../../../functions/adapters/sharp/sharp-engine.ts';
import { createMakeVariant } from '../../../functions/optimize-image/make-variant.ts';
import type { ImageOptions } from '../../../shared/images/options.ts';
import { isRefusal, refuse } from '../../../shared/images/refusal.ts';
import { completeImageSettings } from '../../../shared/images/settings.ts';
import { animation, blankPng, corners, distance, logo, photograph, pixelAt } from './pictures.ts';

const settings = completeImageSettings({ watermarks: { logo: { key: 'logo.png', widthRatio: 0.5 } } });

/** The whole work, on one source under the name `a`. */
async function make(bytes: Uint8Array, options: ImageOptions, others: Record<string, Uint8Array> = {}) {
  const stored: Record<string, Uint8Array> = { a: bytes, ...others };
  const sources = {
    stat: async () => ({ etag: '"1"' }),
    async read(source: string, maxBytes: number) {
      const found = stored[source];
      if (found === undefined) return refuse('IMAGE_SOURCE_MISSING', source);
      if (found.length > maxBytes) return refuse('IMAGE_SOURCE_TOO_LARGE', source);
      return { bytes: found, etag: '"1"' };
    },
  };
  return createMakeVariant({ sources, engine: createSharpEngine(settings), settings })({
    source: 'a',
    options,
  });
}

async function made(...given: Parameters<typeof make>) {
  const variant = await make(...given);
  if (isRefusal(variant)) throw new Error(`${variant.code}: ${variant.detail}`);
  return variant;
}

describe('in the format of its source', () => {
  const photo = () => photograph({ width: 160, height: 120 });

  it.each([
    [
      'a JPEG that was saved at low quality',
      () => photo().jpeg({ quality: 20 }),
      { format: 'jpeg', quality: 95 },
    ],
    [
      'a WebP that was saved at low quality',
      () => photo().webp({ quality: 10 }),
      { format: 'webp', quality: 95 },
    ],
    [
      'a PNG of few colours',
      () => photo().png({ palette: true, colours: 16 }),
      { format: 'png', width: 150 },
    ],
  ] as const)('%s does not grow', async (_, paint, options) => {
    const source = await paint().toBuffer();
    expect((await made(source, options)).bytes.length).toBeLessThanOrEqual(source.length);
  });

  it('it may grow where there is more to see', async () => {
    const source = await photo().jpeg({ quality: 30 }).toBuffer();
    const larger = await made(source, { format: 'jpeg', quality: 90, width: 320, fit: 'contain' });
    expect(await sharp(larger.bytes).metadata()).toMatchObject({ width: 320 });
    expect(larger.bytes.length).toBeGreaterThan(source.length);
  });
});

it('trims first, and counts everything else from what is left', async () => {
  const border = { top: 20, bottom: 20, left: 20, right: 20, background: '#888888' };
  const framed = await corners({ width: 80, height: 60 }).extend(border).png().toBuffer();
  const crop = { left: 0, top: 0, width: 40, height: 30 };
  const { bytes } = await made(framed, { trim: 10, crop, format: 'png' });
  expect(distance(await pixelAt(bytes, [0.05, 0.05]), [220, 30, 30])).toBeLessThan(8);
});

it('trims nothing of what is too small to have a border', async () => {
  const dot = await sharp({ create: { width: 1, height: 9, channels: 3, background: '#123456' } })
    .png()
    .toBuffer();
  const { bytes } = await made(dot, { trim: 10, format: 'png' });
  expect(await sharp(bytes).metadata()).toMatchObject({ width: 1, height: 9 });
});

it('lays a watermark of the source store on', async () => {
  const plain = await sharp({ create: { width: 80, height: 80, channels: 3, background: '#ffffff' } })
    .png()
    .toBuffer();
  const { bytes } = await made(plain, { watermark: 'logo', format: 'png' }, { 'logo.png': await logo(64) });
  expect(distance(await pixelAt(bytes, [0.75, 0.75]), [200, 40, 90])).toBeLessThan(8);
  expect(distance(await pixelAt(bytes, [0.2, 0.2]), [255, 255, 255])).toBeLessThan(8);
  expect(await make(plain, { watermark: 'logo', format: 'png' })).toMatchObject({
    code: 'IMAGE_SOURCE_MISSING',
  });
});

it('describes a picture as JSON', async () => {
  const { bytes, contentType } = await made(await corners({ width: 40, height: 20 }).png().toBuffer(), {
    format: 'json',
  });
  expect(contentType).toBe('application/json');
  expect(JSON.parse(new TextDecoder().decode(bytes))).toMatchObject({ width: 40, height: 20, type: 'png' });
});

describe('what is too large', () => {
  it.each([{ format: 'webp' }, { format: 'json' }, { trim: 10, format: 'webp' }] as const)(
    'is refused before it is decoded, for %j',
    async options => {
      expect(await make(blankPng(9_000), options)).toMatchObject({ code: 'IMAGE_TOO_MANY_PIXELS' });
    },
  );

  it('counts every frame of an animation', async () => {
    const film = await animation(['#f00', '#0f0', '#00f'], { width: 30, height: 30 });
    const tight = completeImageSettings({ limits: { maxSourcePixels: 2_000 } });
    const sources = { stat: async () => ({ etag: '' }), read: async () => ({ bytes: film, etag: '' }) };
    const makeTight = createMakeVariant({ sources, engine: createSharpEngine(tight), settings: tight });
    const asked = (anim: boolean) => makeTight({ source: 'a', options: { anim, format: 'webp', width: 10 } });
    expect(await asked(true)).toMatchObject({ code: 'IMAGE_TOO_MANY_PIXELS' });
    expect(await asked(false)).toMatchObject({ contentType: 'image/webp' });
  });
});
