/**
 * What an operator decides about images, with the defaults: sizes, limits, presets, watermarks, where sources may come from.
 *
 * Units   bytes, pixels, milliseconds; lifetimes in seconds, as HTTP has them
 */
import type { SIDES } from './options.ts';

export interface Watermark {
  /** Its key in the source store. */
  readonly key: string;
  /** @default 'southeast' */
  readonly gravity?: (typeof SIDES)[number];
  /** Its width as a share of the picture's. @default 0.2 */
  readonly widthRatio?: number;
  /** @default 1 */
  readonly opacity?: number;
}

export interface ImageLimits {
  readonly maxSourceBytes: number;
  /** Of all frames that are decoded, together. */
  readonly maxSourcePixels: number;
  readonly maxSourceSide: number;
  readonly maxFrames: number;
  readonly maxSide: number;
  readonly maxPixels: number;
  /** How many times as wide or high as its source a picture may become. */
  readonly maxEnlargement: number;
  /** On the wall clock, decoding to encoding. */
  readonly timeoutMs: number;
}

export interface ImageSettings {
  /** What image URLs begin with. */
  readonly path: string;
  /** Besides the path form. */
  readonly forms: readonly ('query' | 'ipx')[];
  /** The widths pictures are made in; null makes any width up to the limits. */
  readonly ladder: readonly number[] | null;
  /** What `format=auto` chooses from, the best first. */
  readonly formats: readonly ('avif' | 'webp')[];
  /** On JPEG's scale; each format gets the number of its own that looks the same. */
  readonly quality: number;
  /** Name -> options as a URL writes them. */
  readonly presets: Readonly<Record<string, string>>;
  readonly presetsOnly: boolean;
  readonly watermarks: Readonly<Record<string, Watermark>>;
  /** Hosts that https sources may come from, each in full. */
  readonly remoteHosts: readonly string[];
  readonly svg: 'refuse' | 'rasterise';
  /** The picture for `onerror=fallback`, in the source store. */
  readonly fallbackKey: string | null;
  /** Where originals are public, for `onerror=redirect`: their keys follow. */
  readonly originalsUrl: string | null;
  readonly maxAgeSeconds: number;
  readonly errorMaxAgeSeconds: number;
  readonly limits: ImageLimits;
}

export const DEFAULT_IMAGE_SETTINGS = {
  path: '/images',
  forms: ['query'],
  ladder: [
    16, 32, 48, 64, 96, 128, 192, 256, 320, 384, 480, 640, 750, 828, 1080, 1200, 1600, 1920, 2560, 3840,
  ],
  formats: ['avif', 'webp'],
  quality: 75,
  presets: {},
  presetsOnly: false,
  watermarks: {},
  remoteHosts: [],
  svg: 'refuse',
  fallbackKey: null,
  originalsUrl: null,
  maxAgeSeconds: 86_400,
  errorMaxAgeSeconds: 60,
  limits: {
    maxSourceBytes: 32 * 1024 * 1024,
    maxSourcePixels: 50_000_000,
    maxSourceSide: 16_384,
    maxFrames: 200,
    maxSide: 8_192,
    maxPixels: 40_000_000,
    maxEnlargement: 4,
    timeoutMs: 20_000,
  },
} as const satisfies ImageSettings;

/** What a person writes: whatever is left out is the default. */
export type ImageSettingsInput = Partial<Omit<ImageSettings, 'limits'>> & {
  readonly limits?: Partial<ImageLimits>;
};

export function completeImageSettings(input: ImageSettingsInput): ImageSettings {
  const { ladder = DEFAULT_IMAGE_SETTINGS.ladder, limits, ...rest } = input;
  return {
    ...DEFAULT_IMAGE_SETTINGS,
    ...rest,
    ladder: ladder?.toSorted((one, other) => one - other) ?? null,
    limits: { ...DEFAULT_IMAGE_SETTINGS.limits, ...limits },
  };
}
