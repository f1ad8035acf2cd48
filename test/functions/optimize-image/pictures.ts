/**
 * Pictures made when they are needed, by sharp and arithmetic alone: nobody's photographs, and nothing to license.
 *
 * A "photograph" has what encoders meet in one: slow gradients, sharp edges, and noise that is the same at every run.
 */
import { crc32, deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';

export interface Dimensions {
  readonly width: number;
  readonly height: number;
}

/** Red top left, green top right, blue bottom left, white bottom right: any turn, mirror or crop shows at once. */
export const CORNERS = {
  topLeft: [220, 30, 30],
  topRight: [30, 180, 40],
  bottomLeft: [30, 60, 210],
  bottomRight: [240, 240, 240],
} as const;

export function corners({ width, height }: Dimensions): Sharp {
  return paint({ width, height }, (x, y) => {
    const row = y < height / 2 ? 'top' : 'bottom';
    return CORNERS[`${row}${x < width / 2 ? 'Left' : 'Right'}`];
  });
}

export function photograph({ width, height }: Dimensions): Sharp {
  const noise = lehmer(1);
  return paint({ width, height }, (x, y) => {
    const grain = (noise() - 0.5) * 16;
    const sky = y / height;
    const ripple = Math.sin((x * 12) / width + Math.sin((y * 9) / height) * 2) * 25;
    const disc = Math.hypot(x - width * 0.7, y - height * 0.35) < height * 0.18 ? 70 : 0;
    const fence = y > height * 0.75 && (x >> 3) % 2 === 0 ? -60 : 0;
    return [
      90 + 110 * sky + ripple + disc + fence + grain,
      120 + 60 * sky - ripple / 2 + disc + fence + grain,
      190 - 120 * sky + ripple + fence + grain,
    ];
  });
}

/** A disc with a soft edge on nothing. */
export async function logo(side: number): Promise<Buffer> {
  const raw = Buffer.alloc(side * side * 4);
  for (let at = 0; at < side * side; at++) {
    const distance = Math.hypot((at % side) - side / 2, Math.floor(at / side) - side / 2);
    raw.set([200, 40, 90, clamp((side * 0.4 - distance) * 40 + 128)], at * 4);
  }
  return sharp(raw, { raw: { width: side, height: side, channels: 4 } })
    .png()
    .toBuffer();
}

/** Frames of one colour each. */
export async function animation(colours: readonly string[], { width, height }: Dimensions): Promise<Buffer> {
  const frames = await Promise.all(
    colours.map(background =>
      sharp({ create: { width, height, channels: 3, background } })
        .png()
        .toBuffer(),
    ),
  );
  return sharp(frames, { join: { animated: true } })
    .gif({ delay: colours.map(() => 100) })
    .toBuffer();
}

/** Square, of one bit a pixel, all black: a few kilobytes that unpack to as many pixels as one likes. */
export function blankPng(side: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([1, 0, 0, 0, 0], 8);
  const rows = deflateSync(Buffer.alloc(side * (1 + Math.ceil(side / 8))));
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', rows),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(name: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

/** What is seen at a place, given as shares of width and height. */
export async function pixelAt(bytes: Uint8Array, [x, y]: readonly [number, number]): Promise<number[]> {
  const { data, info } = await sharp(bytes)
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const at = (Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * info.channels;
  const channels = [...data.subarray(at, at + info.channels)];
  return channels.length === 1 ? [channels[0], channels[0], channels[0]].map(Number) : channels;
}

export function distance(one: readonly number[], other: readonly number[]): number {
  return Math.max(...one.map((channel, at) => Math.abs(channel - (other[at] ?? 0))));
}

function paint({ width, height }: Dimensions, colourAt: (x: number, y: number) => readonly number[]): Sharp {
  const raw = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) raw.set(colourAt(x, y).map(clamp), (y * width + x) * 3);
  }
  return sharp(raw, { raw: { width, height, channels: 3 } });
}

function clamp(value: number): number {
  return Math.min(255, Math.max(0, Math.round(value)));
}

/** Park and Miller's generator: the same sequence everywhere. */
function lehmer(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
