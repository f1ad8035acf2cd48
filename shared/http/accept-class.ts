/**
 * What kind of answer a request's Accept asks for: who wants JSON first is not given the page that others want, and the other
 * way round, also where the origin chooses by Accept and forgets to say so in Vary.
 *
 * Accept goes to the origin, because many answer by it, and is not in the key, because no two browsers send the same. So
 * only media ranges that everybody knows may pass unkeyed: no text of a client's own can end up in a stored page.
 *
 * Shape   Accept -> 'any' | 'json' | 'peculiar' (none of the known, or none of the grammar)
 * Errors  none (total)
 * Source  RFC 9110 §12.5.1; Fetch §4.1 (Accept by destination)
 */

import { rememberByText } from '../primitives/remember.ts';
import { splitList } from './grammar.ts';

export type AcceptClass = 'any' | 'json' | 'peculiar';

/** Clients of one kind all send the same. */
export const acceptClass = rememberByText((value): AcceptClass => {
  const ranges = splitList(value).map(parseRange);
  let best: Range | undefined;
  for (const range of ranges) {
    if (!range || !isKnown(range.type)) return 'peculiar';
    if (!best || range.weight > best.weight) best = range;
  }
  return best && JSON_TYPE.test(best.type) ? 'json' : 'any';
});

interface Range {
  readonly type: string;
  readonly weight: number;
}

/** `v=b3` is what Chrome says of signed exchanges. */
const RANGE =
  /^([a-z]+\/[a-z0-9.+-]+|[a-z*]+\/\*)(?:[ \t]*;[ \t]*(?:v=b3|q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)))*$/i;

function parseRange(text: string): Range | undefined {
  const [, type, weight = '1'] = RANGE.exec(text) ?? [];
  return type === undefined ? undefined : { type: type.toLowerCase(), weight: Number(weight) };
}

const JSON_TYPE = /[/+]json$/;

const KNOWN: Readonly<Record<string, RegExp>> = {
  '*': /^\*$/,
  text: /^(?:\*|html|plain|css|xml|csv|markdown|javascript)$/,
  image: /^(?:\*|avif|webp|apng|png|jpeg|gif|svg\+xml|jxl|bmp|tiff|x-icon|vnd\.microsoft\.icon)$/,
  audio: /^(?:\*|aac|flac|mp4|mpeg|ogg|wav|webm)$/,
  video: /^(?:\*|mp4|mpeg|ogg|webm)$/,
  font: /^(?:\*|otf|ttf|woff2?)$/,
  application:
    /^(?:\*|json|(?:ld|geo|hal|feed|problem|manifest|activity|vnd\.api|graphql-response)\+json|xml|(?:xhtml|rss|atom)\+xml|javascript|ecmascript|x-ecmascript|font-woff2?|ogg|pdf|signed-exchange|wasm)$/,
};

function isKnown(type: string): boolean {
  const [family = '', form = ''] = type.split('/', 2);
  return Object.hasOwn(KNOWN, family) && KNOWN[family]?.test(form) === true;
}
