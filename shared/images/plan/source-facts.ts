/**
 * What is known of a source before it is decoded, and the limits it is held to.
 *
 * Units   pixels, as stored: orientation not yet applied
 * Errors  IMAGE_TOO_MANY_PIXELS, IMAGE_TOO_MANY_FRAMES
 */
import { type Refusal, refuse } from '../refusal.ts';
import type { ImageLimits } from '../settings.ts';
import type { SourceType } from '../source/sniff.ts';
import type { Size } from './plan.ts';

export interface SourceFacts extends Size {
  readonly type: SourceType;
  /** EXIF's: 5 to 8 lie on their side. */
  readonly orientation: number;
  readonly frames: number;
  readonly hasAlpha: boolean;
}

export function uprightSize({ width, height, orientation }: SourceFacts): Size {
  return orientation >= 5 ? { width: height, height: width } : { width, height };
}

/** Of an animation that is asked for as a still, one frame is decoded and counts. */
export function checkSource(facts: SourceFacts, limits: ImageLimits, anim: boolean): Refusal | undefined {
  const { width, height } = facts;
  const frames = anim ? facts.frames : 1;
  if (frames > limits.maxFrames) {
    return refuse('IMAGE_TOO_MANY_FRAMES', `${frames} frames; at most ${limits.maxFrames} are decoded`);
  }
  if (Math.max(width, height) > limits.maxSourceSide) {
    return refuse(
      'IMAGE_TOO_MANY_PIXELS',
      `${width} × ${height}; no side may exceed ${limits.maxSourceSide}`,
    );
  }
  if (width * height * frames <= limits.maxSourcePixels) return undefined;
  const words = `${width} × ${height} × ${frames} frames; at most ${limits.maxSourcePixels} pixels are decoded`;
  return refuse('IMAGE_TOO_MANY_PIXELS', words);
}
