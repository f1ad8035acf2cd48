/**
 * The geometry of resizing: which box a picture is fitted into, what comes out, and how far it may grow.
 *
 * Shape   size before, what is asked, limits -> the step (or none where nothing changes) and the size after
 * Units   pixels
 * Errors  none (total): what is too large becomes as large as allowed, in the same proportions
 */
import type { Fit, Gravity, ImageOptions } from '../options.ts';
import type { ImageLimits } from '../settings.ts';
import type { ResizeStep, Size, Step } from './plan.ts';

export interface Framed {
  readonly steps: readonly Step[];
  readonly size: Size;
}

export type FrameOptions = Pick<ImageOptions, 'width' | 'height' | 'fit' | 'gravity'> & {
  readonly background: string;
};

export function framePicture(before: Size, asked: FrameOptions, limits: ImageLimits): Framed {
  const { gravity = 'center' } = asked;
  const { fit, ...box } = boundBox(before, asked, limits);
  const size = sizeAfter(before, box, fit);
  if (isSame(before, size) && fit !== 'pad') return { steps: [], size };
  if (typeof gravity === 'object' && cutsTo(box, fit)) return cutAround(before, { size, focus: gravity });
  return { steps: [resizeStep(box, fit, asked)], size };
}

interface OpenBox {
  readonly width?: number;
  readonly height?: number;
}

/** The whole picture is a box too: it may exceed what is sent. */
function boundBox(before: Size, asked: FrameOptions, limits: ImageLimits): OpenBox & { readonly fit: Fit } {
  const { width, height, fit = 'scale-down' } = asked;
  const box = { ...(width !== undefined && { width }), ...(height !== undefined && { height }) };
  const after = sizeAfter(before, box, fit);
  const ratio = Math.min(growthLeft(before, after, limits), ...roomLeft(after, limits));
  if (ratio >= 1) return { ...box, fit };
  const shrink = (side: number) => Math.max(1, Math.floor(side * ratio));
  // What comes out is as large as allowed, and its own box.
  return {
    width: shrink(after.width),
    height: shrink(after.height),
    fit: isExact(box, fit) ? fit : 'contain',
  };
}

function growthLeft(before: Size, after: Size, { maxEnlargement }: ImageLimits): number {
  const growth = Math.max(after.width / before.width, after.height / before.height);
  return growth <= 1 ? 1 : maxEnlargement / growth;
}

function roomLeft({ width, height }: Size, { maxSide, maxPixels }: ImageLimits): readonly number[] {
  return [maxSide / Math.max(width, height), Math.sqrt(maxPixels / (width * height))];
}

/** Whether the box is what comes out, whatever the picture's proportions. */
function isExact(box: OpenBox, fit: Fit): boolean {
  const closed = box.width !== undefined && box.height !== undefined;
  return closed && (fit === 'cover' || fit === 'crop' || fit === 'pad' || fit === 'squeeze');
}

function sizeAfter(before: Size, { width, height }: OpenBox, fit: Fit): Size {
  if (width === undefined && height === undefined) return before;
  const byWidth = width === undefined ? undefined : width / before.width;
  const byHeight = height === undefined ? undefined : height / before.height;
  const closed = width !== undefined && height !== undefined;
  if (closed && (fit === 'cover' || fit === 'pad' || fit === 'squeeze')) return { width, height };
  if (closed && fit === 'crop') {
    return { width: Math.min(width, before.width), height: Math.min(height, before.height) };
  }
  const ratios = [byWidth, byHeight].filter(ratio => ratio !== undefined);
  const ratio = fit === 'outside' ? Math.max(...ratios) : Math.min(...ratios);
  return scale(before, enlarges(fit) ? ratio : Math.min(1, ratio));
}

function enlarges(fit: Fit): boolean {
  return fit !== 'scale-down' && fit !== 'crop';
}

function cutsTo({ width, height }: OpenBox, fit: Fit): boolean {
  return width !== undefined && height !== undefined && (fit === 'cover' || fit === 'crop');
}

const ENGINE_FIT = {
  'scale-down': 'inside',
  contain: 'inside',
  cover: 'cover',
  crop: 'cover',
  pad: 'contain',
  squeeze: 'fill',
  outside: 'outside',
} as const satisfies Record<Fit, ResizeStep['fit']>;

function resizeStep(box: OpenBox, fit: Fit, { gravity, background }: FrameOptions): ResizeStep {
  return {
    step: 'resize',
    ...box,
    fit: ENGINE_FIT[fit],
    enlarge: enlarges(fit),
    ...(typeof gravity === 'string' && { position: gravity }),
    ...(fit === 'pad' && { background }),
  };
}

interface Focused {
  readonly size: Size;
  readonly focus: Exclude<Gravity, string>;
}

/** Covers the box and keeps the point as near to its middle as the picture's edges allow. */
function cutAround(before: Size, { size, focus }: Focused): Framed {
  const covering = scale(before, Math.max(size.width / before.width, size.height / before.height));
  const whole = {
    width: Math.max(covering.width, size.width),
    height: Math.max(covering.height, size.height),
  };
  const left = clamp(Math.round(focus.x * whole.width - size.width / 2), whole.width - size.width);
  const top = clamp(Math.round(focus.y * whole.height - size.height / 2), whole.height - size.height);
  const resize: Step = { step: 'resize', ...whole, fit: 'fill', enlarge: true };
  const cut: Step = { step: 'cut', box: { left, top, ...size } };
  return { steps: [resize, cut], size };
}

function scale({ width, height }: Size, ratio: number): Size {
  return { width: Math.max(1, Math.round(width * ratio)), height: Math.max(1, Math.round(height * ratio)) };
}

function clamp(value: number, most: number): number {
  return Math.min(Math.max(0, value), most);
}

function isSame(one: Size, other: Size): boolean {
  return one.width === other.width && one.height === other.height;
}
