import * as fc from 'fast-check';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { readRights } from '../../../../shared/images/source/exif-rights.ts';

async function exifOf(IFD0: Record<string, string>): Promise<Uint8Array> {
  const create = { width: 1, height: 1, channels: 3, background: '#000' } as const;
  const bytes = await sharp({ create })
    .withExif({ IFD0, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '48/1 12/1 0/1' } })
    .jpeg()
    .toBuffer();
  return (await sharp(bytes).metadata()).exif ?? new Uint8Array();
}

it('reads owner and author, and nothing else', async () => {
  const exif = await exifOf({ Copyright: '2026 Jane Doe', Artist: 'Jane', Make: 'Camera' });
  expect(readRights(exif)).toEqual({ Copyright: '2026 Jane Doe', Artist: 'Jane' });
});

it('reads a text that is short enough to stand in the entry', async () => {
  expect(readRights(await exifOf({ Copyright: 'me' }))).toEqual({ Copyright: 'me' });
});

it('says nothing of a picture nobody signed, nor of a damaged block', async () => {
  expect(readRights(await exifOf({ Make: 'Camera' }))).toEqual({});
  expect(readRights(new Uint8Array())).toEqual({});
  const exif = await exifOf({ Copyright: 'A long enough text to lie elsewhere' });
  fc.assert(
    fc.property(fc.nat(exif.byteLength - 1), fc.nat(255), fc.nat(exif.byteLength), (at, byte, length) => {
      const damaged = exif.slice(0, length);
      if (at < length) damaged[at] = byte;
      expect(() => readRights(damaged)).not.toThrow();
    }),
  );
});
