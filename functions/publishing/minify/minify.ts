/**
 * Makes a text smaller without changing what it means, by the library that knows its language; each is loaded when it is
 * first needed.
 *
 * Shape   Content-Type, text -> text
 * Errors  none: what cannot be understood stays as it is, and `onLeft` is told why
 */

import { minifyCode } from './minify-code.ts';
import { minifyHtml } from './minify-html.ts';
import { minifyJson } from './minify-json.ts';
import { minifySvg } from './minify-svg.ts';

type Minify = (text: string) => Promise<string>;

export async function minifyText(
  contentType: string,
  text: string,
  onLeft: (reason: string) => void,
): Promise<string> {
  const minify = minifierOf(contentType);
  if (!minify) return text;
  try {
    const smaller = await minify(text);
    return smaller.length < text.length ? smaller : text;
  } catch (error) {
    onLeft(error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error));
    return text;
  }
}

export function canMinify(contentType: string): boolean {
  return minifierOf(contentType) !== undefined;
}

function minifierOf(contentType: string): Minify | undefined {
  const [type = ''] = contentType.split(';', 1);
  return MINIFIERS.find(([pattern]) => pattern.test(type))?.[1];
}

const MINIFIERS: readonly (readonly [RegExp, Minify])[] = [
  [/^(?:text|application)\/javascript$/, text => minifyCode(text, 'js')],
  [/^text\/css$/, text => minifyCode(text, 'css')],
  [/^image\/svg\+xml$/, minifySvg],
  [/^text\/html$/, minifyHtml],
  [/^application\/(?:.+\+)?json$/, async text => minifyJson(text)],
];
