/**
 * Reads options from name and value pairs: every name known, every value in its range, nothing said twice.
 *
 * Shape   [['w', '640'], ['f', 'auto']] -> { width: 640, format: 'auto' } | Refusal
 * Errors  IMAGE_OPTION_UNKNOWN, IMAGE_OPTION_INVALID, IMAGE_OPTION_REPEATED, IMAGE_OPTIONS_CONFLICT
 */
import type { ImageOptions } from '../options.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { kindOf, type OptionName, optionOf } from './words.ts';

export type Pairs = readonly (readonly [name: string, value: string])[];

export function parseOptions(pairs: Pairs): ImageOptions | Refusal {
  const options: Partial<Record<OptionName, unknown>> = {};
  for (const [text, value] of pairs) {
    const read = parseOption(text, value);
    if (isRefusal(read)) return read;
    if (read.option in options) return refuse('IMAGE_OPTION_REPEATED', `${read.option} is given twice`);
    options[read.option] = read.value;
  }
  return findConflict(options as ImageOptions) ?? (options as ImageOptions);
}

/** `width=640,format=auto` as it stands in a path, or in a preset. */
export function parseOptionList(text: string): ImageOptions | Refusal {
  const pairs = text.split(',').map((member): [string, string] => {
    const at = member.indexOf('=');
    return at < 0 ? [member, ''] : [member.slice(0, at), member.slice(at + 1)];
  });
  return parseOptions(pairs);
}

function parseOption(text: string, value: string): { option: OptionName; value: unknown } | Refusal {
  const option = optionOf(text);
  if (option === undefined) return refuse('IMAGE_OPTION_UNKNOWN', `${quote(text)} is no option`);
  const kind = kindOf(option);
  const parsed = kind.parse(value);
  if (parsed !== undefined) return { option, value: parsed };
  return refuse('IMAGE_OPTION_INVALID', `${option} is ${quote(value)}, but must be ${kind.expected}`);
}

/** To the engine frames are one tall picture: so they would change places, or run into each other. */
export function findConflict(options: ImageOptions): Refusal | undefined {
  if (!options.anim) return undefined;
  const other = notOnFrames(options);
  return other ? refuse('IMAGE_OPTIONS_CONFLICT', `anim=true excludes ${other}`) : undefined;
}

function notOnFrames({ trim, rotate, flip, gravity, blur, sharpen, watermark }: ImageOptions) {
  if (trim) return 'trim';
  if (rotate) return `rotate=${rotate}`;
  if (flip === 'v' || flip === 'hv') return `flip=${flip}`;
  if (gravity === 'entropy' || gravity === 'attention') return `gravity=${gravity}`;
  if (blur) return 'blur';
  if (sharpen) return 'sharpen';
  return watermark && 'watermark';
}

/** Shown to the one who sent it, in JSON: short, and without what a terminal would obey. */
function quote(text: string): string {
  return `'${text.slice(0, 40).replace(/[^\x20-\x7e]/g, '?')}'`;
}
