import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { readJpegHeader } from '../../../../shared/images/source/jpeg-header.ts';

const blank = () => sharp({ create: { width: 30, height: 20, channels: 3, background: '#445566' } });
const plain = { type: 'jpeg', width: 30, height: 20, orientation: 1, frames: 1, hasAlpha: false };

/** A directory of EXIF with entries in front of a JPEG that has none. */
function withExif(jpeg: Uint8Array, order: 'II' | 'MM', entries: readonly (readonly number[])[]): Buffer {
  const little = order === 'II';
  const tiff = Buffer.alloc(8 + 2 + entries.length * 12 + 4);
  const short = (value: number, at: number) =>
    little ? tiff.writeUInt16LE(value, at) : tiff.writeUInt16BE(value, at);
  const long = (value: number, at: number) =>
    little ? tiff.writeUInt32LE(value, at) : tiff.writeUInt32BE(value, at);
  tiff.write(order, 'latin1');
  short(42, 2);
  long(8, 4);
  short(entries.length, 8);
  for (const [index, [tag = 0, type = 3, count = 1, value = 0]] of entries.entries()) {
    const at = 10 + index * 12;
    short(tag, at);
    short(type, at + 2);
    long(count, at + 4);
    short(value, at + 8);
  }
  const segment = Buffer.concat([Buffer.from('\xff\xe1\0\0Exif\0\0', 'latin1'), tiff]);
  segment.writeUInt16BE(segment.length - 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), segment, jpeg.subarray(2)]);
}

describe('the header of a JPEG', () => {
  it.each([
    ['baseline', () => blank().jpeg()],
    ['progressive', () => blank().jpeg({ progressive: true })],
    ['of shades of gray', () => blank().grayscale().jpeg()],
    ['of CMYK with its profile', () => blank().withIccProfile('cmyk').toColourspace('cmyk').jpeg()],
  ])('%s says its size', async (_, paint) => {
    expect(readJpegHeader(await paint().toBuffer())).toEqual(plain);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('says how it lies: %i, in either order of bytes', async orientation => {
    const jpeg = await blank().jpeg().toBuffer();
    const entries = [
      [0x010f, 3, 1, 7],
      [0x0112, 3, 1, orientation],
    ];
    for (const order of ['II', 'MM'] as const) {
      const turned = withExif(jpeg, order, entries);
      expect(readJpegHeader(turned)).toEqual({ ...plain, orientation });
      expect((await sharp(turned).metadata()).orientation).toBe(orientation);
    }
  });

  it('with EXIF that says nothing of it lies upright', async () => {
    const jpeg = await blank().jpeg().toBuffer();
    expect(readJpegHeader(withExif(jpeg, 'II', [[0x010f, 3, 1, 7]]))).toEqual(plain);
  });

  it.each([
    ['a direction that there is not', [0x0112, 3, 1, 9]],
    ['a direction of another type', [0x0112, 4, 1, 6]],
    ['two directions', [0x0112, 3, 2, 6]],
  ])('is left to the engine with %s', async (_, entry) => {
    expect(readJpegHeader(withExif(await blank().jpeg().toBuffer(), 'II', [entry]))).toBeUndefined();
  });

  it('is left to the engine with two blocks of EXIF, of which readers believe one', async () => {
    const jpeg = await blank().jpeg().toBuffer();
    const once = withExif(jpeg, 'II', [[0x0112, 3, 1, 6]]);
    expect(readJpegHeader(withExif(once, 'II', [[0x0112, 3, 1, 3]]))).toBeUndefined();
  });

  it('that is cut off anywhere is left to the engine, and nothing beyond it is read', async () => {
    const whole = withExif(await blank().jpeg().toBuffer(), 'MM', [[0x0112, 3, 1, 6]]);
    const frame = whole.indexOf(Buffer.from([0xff, 0xc0]));
    for (let length = 0; length < frame; length++) {
      expect(readJpegHeader(Uint8Array.from(whole.subarray(0, length)))).toBeUndefined();
    }
  });
});
