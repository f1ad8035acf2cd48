/**
 * Reads an image URL in any of its three forms: options in the path (Cloudflare's), in the query, or ipx's modifiers.
 *
 * Shape   '/images/width=640/a.jpg', '/images/a.jpg?w=640', '/images/w_640/a.jpg' -> { source, options } | Refusal
 * Errors  IMAGE_PATH_INVALID and those of options and sources
 */
import type { ImageOptions, ImageRequest } from '../options.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import type { ImageSettings } from '../settings.ts';
import { isIpxSegment, parseIpxModifiers } from './ipx-form.ts';
import { parseOptionList, parseOptions } from './parse-options.ts';
import { parseSource } from './source-key.ts';

export interface ImageTarget {
  /** Still percent-encoded. */
  readonly pathname: string;
  readonly search: string;
}

export type ParseSettings = Pick<ImageSettings, 'path' | 'forms'>;

/** Query parameters that are about the URL, not about the picture. */
export const SIGNATURE_PARAMETER = 'signature';
export const EXPIRES_PARAMETER = 'expires';

export function parseImageRequest(
  { pathname, search }: ImageTarget,
  { path, forms }: ParseSettings,
): ImageRequest | Refusal {
  const rest = pathname.startsWith(`${path}/`) ? pathname.slice(path.length + 1) : '';
  const [first, source] = splitAt(rest, rest.indexOf('/'));
  if (first.includes('=')) return join(parseOptionList(decodeSeparators(first)), source);
  if (forms.includes('ipx') && source !== '' && isIpxSegment(first)) return join(parseIpx(first), source);
  if (rest !== '' && forms.includes('query')) return join(parseQuery(search), rest);
  return refuse('IMAGE_PATH_INVALID', `expected ${path}/<options>/<source>`);
}

function join(options: ImageOptions | Refusal, encoded: string): ImageRequest | Refusal {
  if (isRefusal(options)) return options;
  const source = parseSource(encoded);
  return isRefusal(source) ? source : { source, options };
}

function parseIpx(segment: string): ImageOptions | Refusal {
  const pairs = parseIpxModifiers(segment);
  return isRefusal(pairs) ? pairs : parseOptions(pairs);
}

function parseQuery(search: string): ImageOptions | Refusal {
  const pairs = [...new URLSearchParams(search)];
  return parseOptions(pairs.filter(([name]) => name !== SIGNATURE_PARAMETER && name !== EXPIRES_PARAMETER));
}

/** Some clients encode what a path may hold as it is. */
function decodeSeparators(segment: string): string {
  return segment.replace(/%(?:2C|3B|23)/gi, found => decodeURIComponent(found));
}

function splitAt(text: string, at: number): readonly [string, string] {
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
