/**
 * One quality for the eye, in each encoder's own numbers: 75 looks like JPEG's 75 whichever format is sent.
 *
 * Shape   quality on JPEG's scale, format -> that encoder's quality
 * Units   1 to 100
 * Errors  none (total)
 * Source  measured: equal mean SSIM, see test/shared/images/resolve/quality.test.ts
 */
import type { Format } from '../options.ts';

type Curve = readonly (readonly [jpeg: number, own: number])[];

/** Between two points the curve is straight. */
const CURVES: Readonly<Partial<Record<Format, Curve>>> = {
  webp: [
    [1, 1],
    [30, 30],
    [50, 54],
    [75, 77],
    [90, 91],
    [100, 100],
  ],
  avif: [
    [1, 1],
    [30, 30],
    [50, 42],
    [75, 55],
    [90, 72],
    [100, 100],
  ],
};

export function qualityFor(format: Format, perceived: number): number {
  const curve = CURVES[format];
  if (curve === undefined) return perceived;
  const at = curve.findIndex(([jpeg]) => jpeg >= perceived);
  const [highJpeg, high] = curve[at] ?? [100, 100];
  const [lowJpeg, low] = curve[at - 1] ?? [highJpeg, high];
  if (highJpeg === lowJpeg) return high;
  return Math.round(low + ((high - low) * (perceived - lowJpeg)) / (highJpeg - lowJpeg));
}

/** Formats whose encoders take a quality by themselves: a PNG is whole, unless somebody asks for a palette. */
export function isLossy(format: Format): boolean {
  return format === 'avif' || format === 'webp' || format === 'jpeg' || format === 'legacy';
}
