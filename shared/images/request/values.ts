/**
 * The kinds of values that options have: how each is read from a URL and written in its one form.
 *
 * Shape   text -> value | undefined; value -> text
 * Errors  none (total): undefined for what is no such value
 */
import { type Box, type Gravity, type Margins, SIDES, STRATEGIES } from '../options.ts';

export interface Value<Type> {
  parse(text: string): Type | undefined;
  print(value: Type): string;
  /** Ends the sentence "… must be". */
  readonly expected: string;
}

export function integer(least: number, most: number): Value<number> {
  return {
    parse: text => inRange(/^\d{1,6}$/.test(text) ? Number(text) : Number.NaN, [least, most]),
    print: String,
    expected: `a whole number from ${least} to ${most}`,
  };
}

export function decimal(least: number, most: number): Value<number> {
  return {
    parse: text => inRange(/^\d{1,4}(\.\d{1,2})?$/.test(text) ? Number(text) : Number.NaN, [least, most]),
    print: String,
    expected: `a number from ${least} to ${most} with at most two decimals`,
  };
}

export function choice<const Word extends string>(
  words: readonly Word[],
  aliases: Readonly<Record<string, Word>> = {},
): Value<Word> {
  return {
    parse: text =>
      words.find(word => word === text) ?? (Object.hasOwn(aliases, text) ? aliases[text] : undefined),
    print: String,
    expected: `one of ${words.join(', ')}`,
  };
}

export const flag: Value<boolean> = {
  parse: text => (text === 'true' ? true : text === 'false' ? false : undefined),
  print: String,
  expected: 'true or false',
};

export const name: Value<string> = {
  parse: text => (/^[a-z0-9][a-z0-9_-]{0,63}$/i.test(text) ? text : undefined),
  print: String,
  expected: 'a name of letters, digits, - and _',
};

export const colour: Value<string> = {
  parse(text) {
    const hex = /^(?:#|%23)?([0-9a-f]{3}|[0-9a-f]{6}|[0-9a-f]{8})$/i.exec(text)?.[1]?.toLowerCase();
    if (hex === undefined) return undefined;
    const full = hex.length === 3 ? hex.replace(/./g, '$&$&') : hex;
    return full.length === 8 && full.endsWith('ff') ? full.slice(0, 6) : full;
  },
  print: String,
  expected: 'hex digits such as ffffff or ffffff80',
};

export const box: Value<Box> = {
  parse(text) {
    const [left, top, width, height] = numbersOf(text, 4) ?? [];
    if (left === undefined || top === undefined || !width || !height) return undefined;
    return { left, top, width, height };
  },
  print: ({ left, top, width, height }) => [left, top, width, height].join(';'),
  expected: 'left;top;width;height in pixels',
};

/** One number for all sides, or four as in CSS. */
export const margins: Value<Margins> = {
  parse(text) {
    const [all] = numbersOf(text, 1) ?? [];
    const [top = all, right = all, bottom = all, left = all] = numbersOf(text, 4) ?? [];
    const given = { top, right, bottom, left };
    return Object.values(given).every(side => side !== undefined && side <= MOST_PADDING)
      ? (given as Margins)
      : undefined;
  },
  print({ top, right, bottom, left }) {
    const same = [right, bottom, left].every(side => side === top);
    return same ? String(top) : [top, right, bottom, left].join(';');
  },
  expected: `one number of pixels or top;right;bottom;left, each up to 1000`,
};

const MOST_PADDING = 1000;

const GRAVITY_ALIASES = {
  auto: 'attention',
  centre: 'center',
  top: 'north',
  right: 'east',
  bottom: 'south',
  left: 'west',
} as const;

const words = choice([...SIDES, ...STRATEGIES], GRAVITY_ALIASES);

export const gravity: Value<Gravity> = {
  parse(text) {
    const [, x, y] = /^(0(?:\.\d{1,3})?|1(?:\.0{1,3})?)x(0(?:\.\d{1,3})?|1(?:\.0{1,3})?)$/.exec(text) ?? [];
    return x === undefined || y === undefined ? words.parse(text) : focus(Number(x), Number(y));
  },
  print: value => (typeof value === 'string' ? value : `${value.x}x${value.y}`),
  expected: `${words.expected}, or a point such as 0.3x0.7`,
};

/** The middle has a word of its own. */
function focus(x: number, y: number): Gravity {
  return x === 0.5 && y === 0.5 ? 'center' : { x, y };
}

function numbersOf(text: string, count: number): number[] | undefined {
  const parts = text.split(';');
  return parts.length === count && parts.every(part => /^\d{1,5}$/.test(part))
    ? parts.map(Number)
    : undefined;
}

function inRange(value: number, [least, most]: readonly [number, number]): number | undefined {
  return value >= least && value <= most ? value : undefined;
}
