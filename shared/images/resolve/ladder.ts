/**
 * The widths pictures are made in: a width that is asked for becomes the next step, so that few variants serve all screens.
 *
 * Shape   { width, height } -> the same box on the ladder: at least as wide, of the same proportions
 * Units   pixels
 * Errors  none (total): above the top there is the top
 */

export interface Sides {
  readonly width?: number;
  readonly height?: number;
}

/** A box without a width is snapped by its height. */
export function snapToLadder({ width, height }: Sides, ladder: readonly number[]): Sides {
  if (width === undefined) return height === undefined ? {} : { height: nextStep(height, ladder) };
  const step = nextStep(width, ladder);
  if (height === undefined) return { width: step };
  return { width: step, height: Math.max(1, Math.round((height * step) / width)) };
}

/** Without a ladder any size goes, up to the longest side: larger boxes shrink in proportion. */
export function clampSides({ width, height }: Sides, longest: number): Sides {
  const ratio = Math.min(1, longest / Math.max(width ?? 1, height ?? 1));
  const shrink = (side: number) => Math.max(1, Math.round(side * ratio));
  return {
    ...(width !== undefined && { width: shrink(width) }),
    ...(height !== undefined && { height: shrink(height) }),
  };
}

function nextStep(length: number, ladder: readonly number[]): number {
  return ladder.find(step => step >= length) ?? ladder.at(-1) ?? length;
}
