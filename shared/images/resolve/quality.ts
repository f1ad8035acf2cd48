/**
 * One quality for the eye, in each encoder's own numbers: 75 looks like JPEG's 75 whichever format is sent.
 *
 * Shape   quality on JPEG's scale, format -> that encoder's quality
 * Units   1 to 100
 * Errors  none (total)
 * Source  measured: equal SSIM with the encoders' settings of plan/encoding.ts, on what sharp 0.35 encodes; it is a different
 *         table for another version, and test/functions/optimize-image/equal-quality.test.ts says when
 */
import type { Format } from '../options.ts';

type Curve = readonly (readonly [jpeg: number, own: number])[];

/** Between two points the curve is straight. */
const CURVES: Readonly<Partial<Record<Format, Curve>>> = {
  webp: [
    [1, 1],
    [30, 40],
    [50, 64],
    [70, 79],
    [80, 87],
    [90, 95],
    [100, 100],
  ],
  avif: [
    [1, 1],
    [30, 24],
    [50, 31],
    [70, 42],
    [80, 52],
    [90, 75],
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
