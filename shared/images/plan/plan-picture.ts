/**
 * Plans a picture: from what is known of the source and what is asked, the steps with their numbers.
 *
 * The order is fixed, whatever the order of words: rotate, crop, flip, resize, pad, colours, blur, sharpen, watermark.
 * So a crop and a gravity speak of the picture as it is seen by then.
 * Trimming comes before it all, in a pass of its own, since only its result says how large the picture is.
 *
 * Shape   facts, resolved options, settings -> Plan | Refusal
 * Errors  IMAGE_CROP_OUTSIDE, IMAGE_RESULT_TOO_LARGE and those of checkSource
 */
import type { Box, ImageOptions } from '../options.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import type { ImageLimits, ImageSettings } from '../settings.ts';
import { canMove, chooseEncoding } from './encoding.ts';
import { framePicture } from './frame.ts';
import type { Encoding, Plan, Size, Step } from './plan.ts';
import { checkSource, type SourceFacts, uprightSize } from './source-facts.ts';

export type PlanSettings = Pick<ImageSettings, 'limits' | 'watermarks'>;

export function planPicture(
  facts: SourceFacts,
  options: ImageOptions,
  { limits, watermarks }: PlanSettings,
): Plan | Refusal {
  const moving = options.anim === true && facts.frames > 1 && canMove(options.format);
  const refused = checkSource(facts, limits, moving);
  if (refused) return refused;
  const cropped = turnAndCrop(uprightSize(facts), options);
  if (isRefusal(cropped)) return cropped;
  const traits = { transparent: facts.hasAlpha && options.background === undefined, moving };
  const encoding = chooseEncoding(options, traits);
  const background = backdrop(options, facts, encoding);
  const room = roomOf(limits, moving ? facts.frames : 1);
  const framed = framePicture(cropped.size, { ...options, background }, room);
  const padded = padPicture(framed.size, options, background);
  if (exceeds(padded.size, room)) return tooLarge(padded.size);
  const mark = watermarkSteps(options, padded.size, watermarks);
  return {
    frames: moving ? 'all' : 'first',
    steps: [
      ...cropped.steps,
      ...flattenSteps(options, facts, encoding),
      ...(options.flip ? [{ step: 'flip', axis: options.flip } as const] : []),
      ...framed.steps,
      ...padded.steps,
      ...colourSteps(options),
      ...mark,
    ],
    size: padded.size,
    encoding,
    profile: options.profile ?? 'srgb',
    keepRights: options.metadata === 'copyright',
  };
}

/** All frames of an animation are made, so they share what one picture may have. */
function roomOf(limits: ImageLimits, frames: number): ImageLimits {
  return { ...limits, maxPixels: limits.maxPixels / frames };
}

/** What is fitted is within the limits; padding comes on top, and is not made smaller than was asked. */
function exceeds({ width, height }: Size, { maxSide, maxPixels }: ImageLimits): boolean {
  return Math.max(width, height) > maxSide || (width * height > maxPixels && width * height > 1);
}

function tooLarge({ width, height }: Size): Refusal {
  return refuse('IMAGE_RESULT_TOO_LARGE', `with its padding it would have ${width} × ${height} pixels`);
}

interface Stage {
  readonly steps: readonly Step[];
  readonly size: Size;
}

function turnAndCrop(upright: Size, { rotate, crop }: ImageOptions): Stage | Refusal {
  const sideways = rotate === 90 || rotate === 270;
  const whole = sideways ? { width: upright.height, height: upright.width } : upright;
  const turn: Step[] = rotate ? [{ step: 'rotate', degrees: rotate }] : [];
  const box = crop && boxWithin(whole, crop);
  if (isRefusal(box)) return box;
  if (box === undefined) return { steps: turn, size: whole };
  return { steps: [...turn, { step: 'crop', box }], size: { width: box.width, height: box.height } };
}

/** A box that reaches over the edge is cut at it; one that lies beyond has nothing to show. */
function boxWithin(whole: Size, { left, top, width, height }: Box): Box | Refusal {
  const box = {
    left,
    top,
    width: Math.min(width, whole.width - left),
    height: Math.min(height, whole.height - top),
  };
  if (box.width >= 1 && box.height >= 1) return box;
  return refuse('IMAGE_CROP_OUTSIDE', `the picture has ${whole.width} × ${whole.height} pixels`);
}

const WHITE = 'ffffff';
const CLEAR = '00000000';

/** What shows where the picture does not reach: nothing, where the result can have nothing; else white. */
function backdrop({ background }: ImageOptions, { hasAlpha }: SourceFacts, { format }: Encoding): string {
  return background ?? (hasAlpha && format !== 'jpeg' ? CLEAR : WHITE);
}

/** JPEG has no transparency; a background that is asked for lies under the picture in any format. */
function flattenSteps({ background }: ImageOptions, { hasAlpha }: SourceFacts, { format }: Encoding): Step[] {
  if (!hasAlpha || (format !== 'jpeg' && background === undefined)) return [];
  return [{ step: 'flatten', background: background ?? WHITE }];
}

function padPicture(size: Size, { pad }: ImageOptions, background: string): Stage {
  if (!pad) return { steps: [], size };
  const width = size.width + pad.left + pad.right;
  const height = size.height + pad.top + pad.bottom;
  return { steps: [{ step: 'pad', ...pad, background }], size: { width, height } };
}

function colourSteps({ grayscale, tint, blur, sharpen }: ImageOptions): Step[] {
  return [
    ...(grayscale ? [{ step: 'grayscale' } as const] : []),
    ...(tint ? [{ step: 'tint', colour: tint } as const] : []),
    ...(blur ? [{ step: 'blur', sigma: blur } as const] : []),
    ...(sharpen ? [{ step: 'sharpen', sigma: sharpen } as const] : []),
  ];
}

function watermarkSteps(
  { watermark }: ImageOptions,
  size: Size,
  watermarks: ImageSettings['watermarks'],
): Step[] {
  const mark = watermark === undefined ? undefined : watermarks[watermark];
  if (mark === undefined) return [];
  const { key, gravity = 'southeast', widthRatio = 0.2, opacity = 1 } = mark;
  const width = Math.max(1, Math.round(size.width * Math.min(1, widthRatio)));
  return [{ step: 'watermark', key, gravity, within: { width, height: size.height }, opacity }];
}
