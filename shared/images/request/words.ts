/**
 * The words of the grammar: each option with its aliases and the kind of its value, in the canonical order.
 *
 * Source  Cloudflare Images, "Transform via URL" for the words it has
 */
import { lazy } from '../../primitives/lazy.ts';
import { FITS, FORMATS, type ImageOptions } from '../options.ts';
import { box, choice, colour, decimal, flag, gravity, integer, margins, name, type Value } from './values.ts';

export interface Word<Type> {
  readonly aliases: readonly string[];
  readonly value: Value<Type>;
}

export type Words = { readonly [Name in keyof ImageOptions]-?: Word<NonNullable<ImageOptions[Name]>> };
export type OptionName = keyof Words;

/** The longest side anybody may name: what is really made is bounded by the settings. */
const LONGEST_SIDE = 16_384;

const WORDS = lazy(
  (): Words => ({
    preset: word(name, 'p'),
    width: word(integer(1, LONGEST_SIDE), 'w'),
    height: word(integer(1, LONGEST_SIDE), 'h'),
    dpr: word(decimal(0.1, 4)),
    fit: word(choice(FITS)),
    gravity: word(gravity, 'g'),
    trim: word(integer(1, 255)),
    crop: word(box),
    rotate: word(quarterTurn),
    flip: word(choice(['h', 'v', 'hv'], { vh: 'hv' })),
    pad: word(margins),
    background: word(colour, 'bg'),
    grayscale: word(flag, 'greyscale'),
    tint: word(colour),
    blur: word(decimal(0.3, 100)),
    sharpen: word(decimal(0.3, 10)),
    watermark: word(name),
    format: word(choice(FORMATS, { jpg: 'jpeg' }), 'f'),
    quality: word(integer(1, 100), 'q'),
    compression: word(choice(['fast'])),
    anim: word(flag),
    profile: word(choice(['srgb', 'p3'])),
    metadata: word(choice(['none', 'copyright'])),
    onerror: word(choice(['problem', 'redirect', 'fallback'])),
  }),
);

const turns = choice(['90', '180', '270']);

const quarterTurn: Value<90 | 180 | 270> = {
  parse: text => (turns.parse(text) === undefined ? undefined : (Number(text) as 90 | 180 | 270)),
  print: String,
  expected: turns.expected,
};

const NAMES = lazy(() => {
  const entries = Object.entries(WORDS()) as [OptionName, Word<unknown>][];
  return new Map(
    entries.flatMap(([option, { aliases }]) => [option, ...aliases].map(text => [text, option] as const)),
  );
});

/** Each option with its other names, in the canonical order: for who reads the grammar where there is no room for all of it. */
export const OPTION_WORDS = lazy((): readonly (readonly string[])[] =>
  Object.entries(WORDS()).map(([name, { aliases }]) => [name, ...aliases]),
);

export function optionNames(): readonly OptionName[] {
  return Object.keys(WORDS()) as OptionName[];
}

export function optionOf(text: string): OptionName | undefined {
  return NAMES().get(text);
}

export function kindOf(option: OptionName): Value<unknown> {
  return WORDS()[option].value as Value<unknown>;
}

function word<Type>(value: Value<Type>, ...aliases: readonly string[]): Word<Type> {
  return { value, aliases };
}
