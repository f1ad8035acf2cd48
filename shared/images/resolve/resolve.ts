/**
 * What a request comes down to: presets expanded, DPR multiplied in, the width on the ladder, one format, every default
 * said, and nothing left that has no effect. Equal pictures so have one form, which is the cache's key and the variant's.
 *
 * Shape   request, Accept -> { source, options, negotiated } | Refusal
 * Errors  those of presets; IMAGE_WATERMARK_UNKNOWN
 * Cost    pure; some microseconds
 */
import type { ImageOptions, ImageRequest, Margins } from '../options.ts';
import { canMove } from '../plan/encoding.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import type { ImageSettings } from '../settings.ts';
import { clampSides, snapToLadder } from './ladder.ts';
import { negotiateFormat } from './negotiate.ts';
import { expandPreset } from './presets.ts';
import { isLossy, qualityFor } from './quality.ts';

export interface ResolvedRequest extends ImageRequest {
  /** Whether Accept had a say: then the answer varies by it. */
  readonly negotiated: boolean;
}

export function resolveRequest(
  { source, options }: ImageRequest,
  accept: string | null | undefined,
  settings: ImageSettings,
): ResolvedRequest | Refusal {
  const expanded = expandPreset(options, settings);
  if (isRefusal(expanded)) return expanded;
  const { watermark } = expanded;
  if (watermark !== undefined && !Object.hasOwn(settings.watermarks, watermark)) {
    return refuse('IMAGE_WATERMARK_UNKNOWN', `there is no watermark '${watermark}'`);
  }
  const negotiated = (expanded.format ?? 'auto') === 'auto';
  const sized = sizeOptions(expanded, settings);
  return { source, options: withoutIdle(chooseFormat(sized, accept, settings)), negotiated };
}

/** Padding is a length of the picture too, so it grows with the screen; a crop is of the source, and does not. */
function sizeOptions(
  { dpr = 1, width, height, pad, ...rest }: ImageOptions,
  settings: ImageSettings,
): ImageOptions {
  const scale = (length: number) => Math.max(1, Math.round(length * dpr));
  const asked = {
    ...(width !== undefined && { width: scale(width) }),
    ...(height !== undefined && { height: scale(height) }),
  };
  const { ladder, limits } = settings;
  const sides = clampSides(ladder === null ? asked : snapToLadder(asked, ladder), limits.maxSide);
  return { ...rest, ...sides, ...(pad && { pad: scaleMargins(pad, dpr) }) };
}

function scaleMargins({ top, right, bottom, left }: Margins, dpr: number): Margins {
  const scale = (length: number) => Math.round(length * dpr);
  return { top: scale(top), right: scale(right), bottom: scale(bottom), left: scale(left) };
}

/** A quality said with a format is that encoder's own number; said with `auto`, it is how good the picture shall look. */
function chooseFormat(
  { quality, format = 'auto', ...options }: ImageOptions,
  accept: string | null | undefined,
  { formats, quality: usual }: ImageSettings,
): ImageOptions {
  if (format !== 'auto') {
    const own = quality ?? (isLossy(format) ? qualityFor(format, usual) : undefined);
    return { ...options, format, ...(own !== undefined && { quality: own }) };
  }
  const chosen = negotiateFormat(accept, { formats, anim: options.anim ?? false });
  if (!isLossy(chosen)) return { ...options, format: chosen };
  return { ...options, format: chosen, quality: qualityFor(chosen, quality ?? usual) };
}

function withoutIdle(options: ImageOptions): ImageOptions {
  const { format = 'legacy', ...rest } = options;
  if (format === 'json') return ofDescription(rest);
  const idle = new Set<keyof ImageOptions>([
    ...idleBySize(rest),
    ...idleByFormat(format),
    ...idleByValue(rest),
  ]);
  const kept = Object.entries({ ...rest, format }).filter(([name]) => !idle.has(name as keyof ImageOptions));
  return Object.fromEntries(kept) as ImageOptions;
}

/** It describes the source, or what trimming leaves of it: no other option changes a word. */
function ofDescription({ trim, onerror }: ImageOptions): ImageOptions {
  const kept = onerror === undefined || onerror === 'problem' ? {} : { onerror };
  return { ...(trim !== undefined && { trim }), format: 'json', ...kept };
}

/** A box with one side open neither cuts nor fills: it only says whether the picture may grow. */
function idleBySize({ width, height, fit }: ImageOptions): (keyof ImageOptions)[] {
  const closed = width !== undefined && height !== undefined;
  const none = width === undefined && height === undefined;
  const cuts = closed && (fit === 'cover' || fit === 'crop' || fit === 'pad');
  const shrinks = fit === 'scale-down' || (fit === 'crop' && !closed);
  return [...(cuts ? [] : (['gravity'] as const)), ...(none || shrinks ? (['fit'] as const) : [])];
}

function idleByFormat(format: ImageOptions['format'] & string): (keyof ImageOptions)[] {
  const still = canMove(format) ? [] : (['anim'] as const);
  if (isLossy(format)) return [...still];
  return format === 'png' ? [...still, 'compression'] : ['quality', 'compression'];
}

function idleByValue({
  grayscale,
  anim,
  pad,
  profile,
  metadata,
  onerror,
}: ImageOptions): (keyof ImageOptions)[] {
  const padded = pad !== undefined && Object.values(pad).some(side => side > 0);
  return [
    ...(grayscale ? [] : (['grayscale'] as const)),
    ...(anim ? [] : (['anim'] as const)),
    ...(padded ? [] : (['pad'] as const)),
    ...(profile === 'p3' ? [] : (['profile'] as const)),
    ...(metadata === 'copyright' ? [] : (['metadata'] as const)),
    ...(onerror === 'problem' ? (['onerror'] as const) : []),
  ];
}
