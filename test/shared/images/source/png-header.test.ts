import sharp from 'sharp';
import { expect, it } from 'vitest';
import { readPngHeader } from '../../../../shared/images/source/png-header.ts';

const blank = (alpha = 1) =>
  sharp({ create: { width: 30, height: 20, channels: 4, background: { r: 9, g: 99, b: 199, alpha } } });
const opaque = { type: 'png', width: 30, height: 20, orientation: 1, frames: 1, hasAlpha: false };

it.each([
  ['whole colours', () => blank().removeAlpha().png(), false],
  ['16 bits a channel', () => blank().removeAlpha().toColourspace('rgb16').png(), false],
  ['shades of gray', () => blank().removeAlpha().toColourspace('b-w').png(), false],
  ['a palette', () => blank().removeAlpha().png({ palette: true }), false],
  ['transparency', () => blank(0.5).png(), true],
  ['shades of gray with transparency', () => blank(0.5).toColourspace('b-w').png(), true],
  ['a palette with transparency', () => blank(0.5).png({ palette: true }), true],
  ['interlacing', () => blank(0.5).png({ progressive: true }), true],
])('knows size and transparency of one with %s', async (_, paint, hasAlpha) => {
  const png = await paint().toBuffer();
  expect(readPngHeader(png)).toEqual({ ...opaque, hasAlpha });
  expect((await sharp(png).metadata()).hasAlpha).toBe(hasAlpha);
});

it('leaves one that EXIF may turn to the engine', async () => {
  const turned = await blank().withMetadata({ orientation: 6 }).png().toBuffer();
  expect((await sharp(turned).metadata()).orientation).toBe(6);
  expect(readPngHeader(turned)).toBeUndefined();
});

it('that is cut off before its pixels is left to the engine, and nothing beyond it is read', async () => {
  const whole = await blank().png().toBuffer();
  for (let length = 0; length < whole.indexOf('IDAT'); length++) {
    expect(readPngHeader(Uint8Array.from(whole.subarray(0, length)))).toBeUndefined();
  }
});

it('of no size is left to the engine', async () => {
  const png = await blank().png().toBuffer();
  png.writeUInt32BE(0, 16);
  expect(readPngHeader(png)).toBeUndefined();
});
