/** What comes out, looked at pixel by pixel: planned as in production, decoded by sharp alone. */

import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { createSharpEngine } from '../../../../functions/adapters/sharp/sharp-engine.ts';
import type { ImageOptions } from '../../../../shared/images/options.ts';
import { planPicture } from '../../../../shared/images/plan/plan-picture.ts';
import { isRefusal } from '../../../../shared/images/refusal.ts';
import { DEFAULT_IMAGE_SETTINGS as settings } from '../../../../shared/images/settings.ts';
import {
  animation,
  blankPng,
  CORNERS,
  corners,
  distance,
  logo,
  photograph,
  pixelAt,
} from '../../optimize-image/pictures.ts';

const watermarks = { logo: { key: 'logo.png', gravity: 'northwest', widthRatio: 0.25 } } as const;
const engine = createSharpEngine(settings);
const [W, H] = [120, 80];

const codeOf = (value: unknown) => (isRefusal(value) ? value.code : undefined);

async function make(source: Uint8Array, options: ImageOptions, mark?: Uint8Array): Promise<Uint8Array> {
  const inspected = await engine.inspect(source);
  if (isRefusal(inspected)) throw new Error(inspected.code);
  const plan = planPicture(inspected.facts, options, { ...settings, watermarks });
  if (isRefusal(plan)) throw new Error(plan.code);
  const made = await engine.make(inspected, plan, mark);
  if (isRefusal(made)) throw new Error(`${made.code} ${made.detail}`);
  const { width, height, pages } = await sharp(made.bytes, { animated: plan.frames === 'all' }).metadata();
  expect({ width, height: height / (pages ?? 1) }).toEqual(plan.size);
  expect(made.contentType).toBe(`image/${plan.encoding.format}`);
  return made.bytes;
}

const QUARTERS = {
  topLeft: [0.2, 0.2],
  topRight: [0.8, 0.2],
  bottomLeft: [0.2, 0.8],
  bottomRight: [0.8, 0.8],
} as const;
type Quarter = keyof typeof QUARTERS;

/** Which colour of the corners is seen where. */
async function seen(bytes: Uint8Array): Promise<Quarter[]> {
  const found = Object.values(QUARTERS).map(async place => {
    const pixel = await pixelAt(bytes, place);
    const names = Object.keys(CORNERS) as Quarter[];
    return names.reduce((best, name) =>
      distance(pixel, CORNERS[name]) < distance(pixel, CORNERS[best]) ? name : best,
    );
  });
  return Promise.all(found);
}

const UPRIGHT: Quarter[] = ['topLeft', 'topRight', 'bottomLeft', 'bottomRight'];
const picture = await corners({ width: W, height: H }).png().toBuffer();
const film = await animation(['#ff0000', '#00ff00', '#0000ff'], { width: 40, height: 30 });
const photo = await photograph({ width: 200, height: 150 }).jpeg().toBuffer();
const WEBP = { format: 'webp', quality: 90 } as const;

/** How a camera that was held so stores the upright picture. */
const STORED = [
  corners({ width: W, height: H }),
  corners({ width: W, height: H }).flop(),
  corners({ width: W, height: H }).rotate(180),
  corners({ width: W, height: H }).flip(),
  sharp(await corners({ width: W, height: H }).rotate(270).png().toBuffer()).flip(),
  corners({ width: W, height: H }).rotate(270),
  sharp(await corners({ width: W, height: H }).rotate(90).png().toBuffer()).flip(),
  corners({ width: W, height: H }).rotate(90),
];

describe('every orientation of EXIF', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('%i comes out upright, and says nothing of it', async orientation => {
    const bytes = await (STORED[orientation - 1] as Sharp)
      .withMetadata({ orientation })
      .jpeg({ quality: 95 })
      .toBuffer();
    const made = await make(bytes, { width: 60, ...WEBP });
    expect(await seen(made)).toEqual(UPRIGHT);
    expect((await sharp(made).metadata()).orientation).toBeUndefined();
  });

  it('is what a crop counts from', async () => {
    const bytes = await corners({ width: W, height: H })
      .rotate(270)
      .withMetadata({ orientation: 6 })
      .png()
      .toBuffer();
    const made = await make(bytes, { crop: { left: 0, top: 0, width: W / 2, height: H / 2 }, ...WEBP });
    expect(new Set(await seen(made))).toEqual(new Set(['topLeft']));
  });
});

describe('each fit', () => {
  it.each([
    [{ fit: 'scale-down' }, [60, 40]],
    [{ fit: 'contain' }, [60, 40]],
    [{ fit: 'cover' }, [60, 60]],
    [{ fit: 'crop' }, [60, 60]],
    [{ fit: 'pad' }, [60, 60]],
    [{ fit: 'squeeze' }, [60, 60]],
    [{ fit: 'outside' }, [90, 60]],
  ] as const)('%j of 60 × 60 is %j', async (fit, [width, height]) => {
    const made = await make(picture, { width: 60, height: 60, ...fit, ...WEBP });
    expect(await sharp(made).metadata()).toMatchObject({ width, height });
    expect(await seen(made)).toEqual(UPRIGHT);
  });

  it('pad fills with the background', async () => {
    const made = await make(picture, { width: 60, height: 60, fit: 'pad', background: '00ffff', ...WEBP });
    expect(distance(await pixelAt(made, [0.5, 0.05]), [0, 255, 255])).toBeLessThan(12);
  });

  it('contain enlarges', async () => {
    await make(picture, { width: 240, fit: 'contain', ...WEBP });
  });
});

describe('what stays in sight', () => {
  it.each([
    ['west', 'topLeft'],
    ['east', 'topRight'],
  ] as const)('a cover to the %s shows %s', async (gravity, quarter) => {
    const made = await make(picture, { width: 10, height: 40, fit: 'cover', gravity, ...WEBP });
    expect((await seen(made))[0]).toBe(quarter);
  });

  it.each([
    [{ x: 0, y: 0 }, 'topLeft'],
    [{ x: 1, y: 0.2 }, 'topRight'],
  ] as const)('a focal point %j shows %s', async (gravity, quarter) => {
    const made = await make(picture, { width: 10, height: 40, fit: 'cover', gravity, ...WEBP });
    expect((await seen(made))[0]).toBe(quarter);
  });

  it.each(['entropy', 'attention'] as const)('%s finds what stands out', async gravity => {
    const plain = sharp({ create: { width: 300, height: 60, channels: 3, background: '#202020' } });
    const striking = await corners({ width: 60, height: 60 }).png().toBuffer();
    const source = await plain
      .composite([{ input: striking, left: 230, top: 0 }])
      .png()
      .toBuffer();
    const made = await make(source, { width: 60, height: 60, fit: 'cover', gravity, ...WEBP });
    const middle = await pixelAt(made, [0.3, 0.3]);
    expect(distance(middle, [32, 32, 32])).toBeGreaterThan(60);
  });
});

describe('turning and mirroring', () => {
  it.each([
    [{ rotate: 90 }, ['bottomLeft', 'topLeft', 'bottomRight', 'topRight']],
    [{ rotate: 180 }, ['bottomRight', 'bottomLeft', 'topRight', 'topLeft']],
    [{ rotate: 270 }, ['topRight', 'bottomRight', 'topLeft', 'bottomLeft']],
    [{ flip: 'h' }, ['topRight', 'topLeft', 'bottomRight', 'bottomLeft']],
    [{ flip: 'v' }, ['bottomLeft', 'bottomRight', 'topLeft', 'topRight']],
    [{ flip: 'hv' }, ['bottomRight', 'bottomLeft', 'topRight', 'topLeft']],
    [{ rotate: 90, flip: 'h' }, ['topLeft', 'bottomLeft', 'topRight', 'bottomRight']],
  ] as const)('%j', async (options, quarters) => {
    expect(await seen(await make(picture, { width: 40, ...options, ...WEBP }))).toEqual(quarters);
  });

  it('a crop is of the turned picture, a gravity of the mirrored one', async () => {
    const crop = { left: 0, top: 0, width: H / 2, height: W / 2 };
    expect((await seen(await make(picture, { rotate: 90, crop, ...WEBP })))[0]).toBe('bottomLeft');
    const crossed: ImageOptions = { rotate: 270, flip: 'v', crop, ...WEBP };
    expect((await seen(await make(picture, crossed)))[0]).toBe('topRight');
    const mirrored: ImageOptions = {
      flip: 'h',
      width: 10,
      height: 40,
      fit: 'cover',
      gravity: 'west',
      ...WEBP,
    };
    expect((await seen(await make(picture, mirrored)))[0]).toBe('topRight');
  });

  it('works on a lying photograph too', async () => {
    const lying = await corners({ width: W, height: H })
      .rotate(270)
      .withMetadata({ orientation: 6 })
      .png()
      .toBuffer();
    const made = await make(lying, { rotate: 90, width: 40, ...WEBP });
    expect(await seen(made)).toEqual(['bottomLeft', 'topLeft', 'bottomRight', 'topRight']);
  });
});

describe('effects', () => {
  const grey = ([r = 0, g = 0, b = 0]: readonly number[]) => Math.max(r, g, b) - Math.min(r, g, b);

  it('grayscale takes the colour', async () => {
    expect(grey(await pixelAt(await make(picture, { grayscale: true, ...WEBP }), [0.2, 0.2]))).toBeLessThan(
      6,
    );
  });

  it('tint gives all one colour', async () => {
    const [red = 0, green = 0, blue = 0] = await pixelAt(
      await make(picture, { tint: 'ff8000', ...WEBP }),
      [0.8, 0.8],
    );
    expect(red).toBeGreaterThan(green);
    expect(green).toBeGreaterThan(blue);
  });

  it('blur softens an edge, sharpen hardens it', async () => {
    const edge = async (options: ImageOptions) => {
      const { data } = await sharp(await make(picture, { ...options, format: 'png' }))
        .grayscale()
        .raw()
        .toBuffer({ resolveWithObject: true });
      const row = data.subarray(W * 10, W * 11);
      return Math.max(...[...row].slice(1).map((value, at) => Math.abs(value - (row[at] ?? 0))));
    };
    expect(await edge({ blur: 4 })).toBeLessThan((await edge({})) / 2);
    const soft = await sharp(picture).blur(2).png().toBuffer();
    const contrast = async (options: ImageOptions) =>
      (await sharp(await make(soft, { ...options, format: 'png' })).stats()).sharpness;
    expect(await contrast({ sharpen: 3 })).toBeGreaterThan(await contrast({}));
  });

  it('pad adds a border on each side', async () => {
    const pad = { top: 10, right: 0, bottom: 20, left: 30 };
    const made = await make(picture, { pad, background: 'ff00ff', format: 'png' });
    expect(await pixelAt(made, [0.05, 0.5])).toEqual([255, 0, 255]);
    expect(await pixelAt(made, [0.99, 0.5])).not.toEqual([255, 0, 255]);
  });

  it('trim cuts a border off', async () => {
    const framed = await sharp(picture)
      .extend({ top: 9, bottom: 9, left: 9, right: 9, background: '#777' })
      .png()
      .toBuffer();
    const inspected = await engine.inspect(framed);
    if (isRefusal(inspected)) throw new Error(inspected.code);
    expect(await engine.trim(inspected, 10)).toMatchObject({ facts: { width: W, height: H, type: 'png' } });
  });

  it('a watermark is laid where the settings say, as wide as they say', async () => {
    const mark = await sharp({ create: { width: 300, height: 300, channels: 4, background: '#ff00ff' } })
      .png()
      .toBuffer();
    const made = await make(picture, { watermark: 'logo', format: 'png' }, mark);
    expect(await pixelAt(made, [0.1, 0.1])).toEqual([255, 0, 255]);
    expect(await pixelAt(made, [0.3, 0.1])).toEqual([...CORNERS.topLeft]);
  });
});

describe('transparency', () => {
  it('stays in WebP, AVIF and PNG', async () => {
    for (const format of ['webp', 'avif', 'png'] as const) {
      const made = await make(await logo(64), { width: 32, format });
      expect((await sharp(made).metadata()).hasAlpha).toBe(true);
    }
  });

  it('becomes white in JPEG, or what is asked for', async () => {
    const white = await make(await logo(64), { format: 'jpeg', quality: 90 });
    expect(distance(await pixelAt(white, [0.02, 0.02]), [255, 255, 255])).toBeLessThan(4);
    const green = await make(await logo(64), { format: 'jpeg', quality: 90, background: '00ff00' });
    expect(distance(await pixelAt(green, [0.02, 0.02]), [0, 255, 0])).toBeLessThan(8);
  });
});

describe('colour', () => {
  const red = { create: { width: 32, height: 32, channels: 3, background: '#ff0000' } } as const;

  it('of a wide profile is converted to sRGB, and no profile is sent', async () => {
    // The same numbers mean a deeper red there: converted, it is at the edge of sRGB.
    const wide = await sharp({ create: { ...red.create, background: '#c83c3c' } })
      .withIccProfile('p3')
      .png()
      .toBuffer();
    const made = await make(wide, { format: 'png' });
    expect((await sharp(made).metadata()).icc).toBeUndefined();
    expect(distance(await pixelAt(made, [0.5, 0.5]), [200, 60, 60])).toBeLessThan(4);
  });

  it('of P3 is kept where it is asked for', async () => {
    const made = await make(await sharp(red).png().toBuffer(), { format: 'png', profile: 'p3' });
    const { icc } = await sharp(made).metadata();
    expect(icc?.toString('latin1').replaceAll('\0', '')).toContain('P3');
  });

  it.each([
    ['CMYK', () => sharp(red).toColourspace('cmyk').jpeg({ quality: 100 }).toBuffer()],
    ['16 bits', () => sharp(red).toColourspace('rgb16').png().toBuffer()],
    ['a palette', () => sharp(red).png({ palette: true }).toBuffer()],
    ['TIFF', () => sharp(red).tiff().toBuffer()],
    ['AVIF', () => sharp(red).avif({ quality: 90 }).toBuffer()],
  ])('from %s comes out as sRGB of 8 bits', async (_, source) => {
    const made = await make(await source(), { format: 'png' });
    expect(await sharp(made).metadata()).toMatchObject({ space: 'srgb', depth: 'uchar' });
    expect(distance(await pixelAt(made, [0.5, 0.5]), [255, 0, 0])).toBeLessThan(45);
  });

  it('from shades of gray stays as it was', async () => {
    const gray = await sharp({ create: { ...red.create, background: '#808080' } })
      .toColourspace('b-w')
      .png()
      .toBuffer();
    expect(distance(await pixelAt(await make(gray, WEBP), [0.5, 0.5]), [128, 128, 128])).toBeLessThan(4);
  });
});

describe('what a camera wrote', () => {
  const camera = () =>
    photograph({ width: 64, height: 48 }).withExif({
      IFD0: { Copyright: '2026 Jane Doe', Make: 'Camera' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '48/1 12/1 0/1' },
    });

  it.each(['jpeg', 'webp', 'avif', 'png'] as const)('is not in %s', async format => {
    const made = await make(await camera().jpeg().toBuffer(), { format, quality: 60 });
    expect(await sharp(made).metadata()).not.toHaveProperty('exif');
  });

  it.each(['jpeg', 'webp', 'avif'] as const)(
    'is the copyright alone in %s, where that is asked for',
    async format => {
      const made = await make(await camera().jpeg().toBuffer(), {
        format,
        quality: 60,
        metadata: 'copyright',
      });
      const text = (await sharp(made).metadata()).exif?.toString('latin1') ?? '';
      expect(text).toContain('2026 Jane Doe');
      expect(text).not.toContain('Camera');
      // The directory of positions has tag 0x8825.
      expect(text).not.toContain('\x25\x88');
    },
  );
});

describe('an animation', () => {
  it.each(['webp', 'gif'] as const)(
    'keeps its frames and times in %s, where that is asked for',
    async format => {
      const made = await make(film, { anim: true, width: 20, format });
      expect(await sharp(made, { animated: true }).metadata()).toMatchObject({
        pages: 3,
        delay: [100, 100, 100],
      });
    },
  );

  it('is its first frame otherwise', async () => {
    const made = await make(film, { width: 20, ...WEBP });
    expect((await sharp(made).metadata()).pages ?? 1).toBe(1);
    expect(distance(await pixelAt(made, [0.5, 0.5]), [255, 0, 0])).toBeLessThan(12);
  });

  it('can be cut, mirrored and padded, and its frames stay in their order', async () => {
    const made = await make(film, {
      anim: true,
      flip: 'h',
      crop: { left: 5, top: 5, width: 20, height: 20 },
      width: 10,
      height: 10,
      fit: 'cover',
      pad: { top: 0, right: 2, bottom: 0, left: 2 },
      ...WEBP,
    });
    expect(await sharp(made, { animated: true }).metadata()).toMatchObject({
      width: 14,
      pageHeight: 10,
      pages: 3,
    });
    const middles = await Promise.all(
      [0, 1, 2].map(async page => pixelAt(await sharp(made, { page }).png().toBuffer(), [0.5, 0.5])),
    );
    for (const [at, colour] of [
      [255, 0, 0],
      [0, 255, 0],
      [0, 0, 255],
    ].entries()) {
      expect(distance(middles[at] ?? [], colour)).toBeLessThan(40);
    }
  });

  it.each(['jpeg', 'png', 'avif'] as const)('in %s, which holds one, is its first frame', async format => {
    const made = await make(film, { anim: true, format, quality: 80 });
    const { width, height } = await sharp(film).metadata();
    expect(await sharp(made).metadata()).toMatchObject({ width, height });
    expect(distance(await pixelAt(made, [0.5, 0.9]), [255, 0, 0])).toBeLessThan(12);
  });
});

describe('a source that is none', () => {
  const refusalOf = async (bytes: Uint8Array, options: ImageOptions = { width: 50, ...WEBP }) =>
    make(bytes, options).then(
      () => 'made',
      error => String(error.message).split(' ')[0],
    );

  it.each([
    ['empty', Buffer.alloc(0), 'IMAGE_SOURCE_EMPTY'],
    ['a page', Buffer.from('<html><body>no</body></html>'), 'IMAGE_TYPE_UNSUPPORTED'],
    [
      'an SVG',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
      'IMAGE_SVG_REFUSED',
    ],
    ['a program that begins like a GIF', Buffer.from('GIF89a/*......*/=1;alert(1)'), 'IMAGE_UNREADABLE'],
    ['a JPEG of which only the first bytes are there', photo.subarray(0, 100), 'IMAGE_UNREADABLE'],
    ['half a JPEG', photo.subarray(0, photo.length / 2), 'IMAGE_UNREADABLE'],
    ['half a PNG', picture.subarray(0, picture.length / 2), 'IMAGE_UNREADABLE'],
    ['noise behind a signature', Buffer.concat([picture.subarray(0, 33), photo]), 'IMAGE_UNREADABLE'],
  ])('%s is refused', async (_, bytes, code) => {
    expect(await refusalOf(bytes)).toBe(code);
  });

  it('a bomb is refused by its header, before anything is decoded', async () => {
    const bomb = blankPng(9_000);
    expect(bomb.length).toBeLessThan(40_000);
    const inspected = await engine.inspect(bomb);
    expect(inspected).toMatchObject({ facts: { width: 9_000, height: 9_000 } });
    expect(await refusalOf(bomb)).toBe('IMAGE_TOO_MANY_PIXELS');
  });

  it('a PNG that is called something else is a PNG', async () => {
    expect(await refusalOf(Buffer.concat([picture, Buffer.from('<script>alert(1)</script>')]))).toBe('made');
    const made = await make(Buffer.concat([picture, Buffer.from('<script>alert(1)</script>')]), {
      format: 'png',
    });
    expect(Buffer.from(made).includes('<script>')).toBe(false);
  });
});

it('gives up on what takes too long', async () => {
  const hasty = createSharpEngine({ ...settings, limits: { ...settings.limits, timeoutMs: 1 } });
  const inspected = await hasty.inspect(await photograph({ width: 800, height: 600 }).jpeg().toBuffer());
  if (isRefusal(inspected)) throw new Error(inspected.code);
  const plan = planPicture(inspected.facts, { format: 'avif' }, settings);
  if (isRefusal(plan)) throw new Error(plan.code);
  expect(codeOf(await hasty.make(inspected, plan))).toBe('IMAGE_TOO_SLOW');
});

it('describes a picture for the page that will show it', async () => {
  const inspected = await engine.inspect(
    await corners({ width: W, height: H }).withMetadata({ orientation: 6 }).jpeg().toBuffer(),
  );
  if (isRefusal(inspected)) throw new Error(inspected.code);
  const described = await engine.describe(inspected);
  if (isRefusal(described)) throw new Error(described.code);
  expect(described).toMatchObject({ width: H, height: W, type: 'jpeg', frames: 1, hasAlpha: false });
  expect(described.dominantColour).toMatch(/^#[0-9a-f]{6}$/);
  expect(Buffer.from(described.thumbhash, 'base64').length).toBeLessThan(30);
  const placeholder = Buffer.from(described.placeholder.split(',')[1] ?? '', 'base64');
  expect(await sharp(placeholder).metadata()).toMatchObject({ format: 'webp' });
  expect(placeholder.length).toBeLessThan(400);
});
