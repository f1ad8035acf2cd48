/**
 * Carries a plan out: one call of sharp a step, in the order of sharp's own pipeline.
 *
 * Source  sharp's documentation: "Resizing images", "Image operations", "Compositing"
 */
import type { Sharp } from 'sharp';
import type { Plan, ResizeStep, Size, Step } from '../../../shared/images/plan/plan.ts';
import { inSharpOrder } from './sharp-order.ts';

/** The watermark is ready by now: sized, faded, to be laid on. */
export function carryOut(image: Sharp, { steps, profile }: Plan, { upright, overlay }: Given): Sharp {
  const ordered = inSharpOrder(steps, upright);
  const stepped = ordered.reduce((done, step) => takeStep(done, step, overlay), image);
  // Without a profile, sharp converts to sRGB and says nothing: that is what every client assumes.
  return profile === 'p3' ? stepped.withIccProfile('p3') : stepped;
}

export interface Given {
  /** The source's size, as it is seen. */
  readonly upright: Size;
  readonly overlay?: Overlay | undefined;
}

export interface Overlay {
  readonly bytes: Uint8Array;
  readonly width: number;
  readonly height: number;
}

function takeStep(image: Sharp, step: Step, overlay: Overlay | undefined): Sharp {
  switch (step.step) {
    case 'rotate':
      return image.rotate(step.degrees);
    case 'crop':
    case 'cut':
      return image.extract(step.box);
    case 'resize':
      return image.resize(resizeOptions(step));
    case 'flip':
      return image.flip(step.axis !== 'h').flop(step.axis !== 'v');
    case 'pad': {
      const { top, right, bottom, left, background } = step;
      return image.extend({ top, right, bottom, left, background: hex(background) });
    }
    case 'flatten':
      return image.flatten({ background: hex(step.background) });
    case 'grayscale':
      return image.grayscale();
    case 'tint':
      return image.tint(hex(step.colour));
    case 'blur':
      return image.blur(step.sigma);
    case 'sharpen':
      return image.sharpen({ sigma: step.sigma });
    case 'watermark':
      return overlay ? layOn(image, step.gravity, overlay) : image;
  }
}

function layOn(image: Sharp, gravity: string, { bytes, width, height }: Overlay): Sharp {
  const raw = { width, height, channels: 4 } as const;
  return image.composite([
    { input: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), raw, gravity },
  ]);
}

function resizeOptions({ width, height, fit, enlarge, position, background }: ResizeStep) {
  return {
    ...(width !== undefined && { width }),
    ...(height !== undefined && { height }),
    fit,
    withoutEnlargement: !enlarge,
    ...(position !== undefined && { position }),
    ...(background !== undefined && { background: hex(background) }),
  };
}

function hex(digits: string): string {
  return `#${digits}`;
}
