/**
 * Reads ipx's URLs, for those who come from there: `/w_640,f_webp/photo.png`, `_` for no options.
 *
 * ipx never enlarges unless told to, and its fits are sharp's: each is said here in our words.
 *
 * Shape   'w_640,f_webp' -> [['width', '640'], ['format', 'webp']] | Refusal
 * Errors  IMAGE_OPTION_UNKNOWN for a modifier that has no counterpart
 * Source  unjs/ipx README, "Modifiers"
 */
import { type Refusal, refuse } from '../refusal.ts';
import type { Pairs } from './parse-options.ts';

const MODIFIERS = /^(?:_|[a-z]+_[^/]*|(?:enlarge|animated|a|grayscale|greyscale|flip|flop)(?:[,&].*)?)$/i;

export function isIpxSegment(segment: string): boolean {
  return MODIFIERS.test(segment) && !segment.includes('=') && !segment.includes('.');
}

export function parseIpxModifiers(segment: string): Pairs | Refusal {
  if (segment === '_') return [];
  const given = new Map(segment.split(/[,&]/).map(splitModifier));
  const unknown = [...given.keys()].find(name => !(name in RENAMED) && !SPECIAL.has(name));
  if (unknown !== undefined)
    return refuse('IMAGE_OPTION_UNKNOWN', `ipx's ${unknown.slice(0, 20)} has no counterpart`);
  const renamed = [...given].flatMap(([name, value]): Pairs => {
    const option = RENAMED[name];
    return option === undefined ? [] : [[option, value]];
  });
  return [...renamed, ...sizeOf(given), ...fitOf(given), ...switchesOf(given)];
}

const RENAMED: Readonly<Record<string, string>> = {
  w: 'width',
  width: 'width',
  h: 'height',
  height: 'height',
  f: 'format',
  format: 'format',
  q: 'quality',
  quality: 'quality',
  b: 'background',
  background: 'background',
  position: 'gravity',
  pos: 'gravity',
  trim: 'trim',
  rotate: 'rotate',
  blur: 'blur',
  sharpen: 'sharpen',
  tint: 'tint',
};

const FLAGS: Readonly<Record<string, string>> = {
  a: 'anim',
  animated: 'anim',
  grayscale: 'grayscale',
  greyscale: 'grayscale',
};

const SPECIAL = new Set([
  ...Object.keys(FLAGS),
  's',
  'resize',
  'fit',
  'enlarge',
  'extract',
  'crop',
  'flip',
  'flop',
]);

const FITS: Readonly<Record<string, readonly [kept: string, enlarged: string]>> = {
  cover: ['crop', 'cover'],
  contain: ['pad', 'pad'],
  fill: ['squeeze', 'squeeze'],
  inside: ['scale-down', 'contain'],
  outside: ['outside', 'outside'],
};

function splitModifier(text: string): readonly [string, string] {
  const at = text.search(/[_:]/);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

function sizeOf(given: ReadonlyMap<string, string>): Pairs {
  const size = given.get('s') ?? given.get('resize');
  if (size === undefined) return [];
  const [width = '', height = width] = size.split('x');
  return [
    ['width', width],
    ['height', height],
  ];
}

/** One that ipx does not know is passed on, to be refused by its name. */
function fitOf(given: ReadonlyMap<string, string>): Pairs {
  const fit = given.get('fit') ?? 'cover';
  const [kept, enlarged] = FITS[fit] ?? [fit, fit];
  return [['fit', given.has('enlarge') ? enlarged : kept]];
}

function switchesOf(given: ReadonlyMap<string, string>): Pairs {
  const flags = Object.entries(FLAGS).flatMap(
    ([name, option]): Pairs => (given.has(name) ? [[option, 'true']] : []),
  );
  const region = given.get('extract') ?? given.get('crop');
  const crop: Pairs = region === undefined ? [] : [['crop', region.replaceAll('_', ';')]];
  const axes = `${given.has('flop') ? 'h' : ''}${given.has('flip') ? 'v' : ''}`;
  return [...flags, ...crop, ...(axes === '' ? [] : ([['flip', axes]] as const))];
}
