/**
 * Writes image URLs from typed options, in the canonical form.
 *
 * Shape   imageUrl('photos/a.jpg', { width: 640 }) -> '/images/width=640,format=auto/photos/a.jpg'
 * Errors  RangeError naming the option whose value no URL can have, or the name no source can have
 */
import type { ImageOptions, ImageRequest } from '../options.ts';
import { isRefusal } from '../refusal.ts';
import { formatRequest } from '../request/format-request.ts';
import { parseOptions } from '../request/parse-options.ts';
import { formatSource, parseSource } from '../request/source-key.ts';
import { kindOf, type OptionName } from '../request/words.ts';
import { type SignOptions, signRequest } from './signing.ts';

export interface UrlOptions {
  /** Where images are served: a path, or a whole address before it. @default '/images' */
  readonly base?: string;
}

export function imageUrl(
  source: string,
  options: ImageOptions = {},
  { base = '/images' }: UrlOptions = {},
): string {
  return `${base}/${formatRequest(checkedRequest(source, options))}`;
}

export async function signedImageUrl(
  source: string,
  options: ImageOptions,
  { base, ...signing }: UrlOptions & SignOptions,
): Promise<string> {
  const request = checkedRequest(source, options);
  const query = await signRequest(request, signing);
  return `${imageUrl(source, options, base === undefined ? {} : { base })}?${query}`;
}

/** By the rules of those who will read it: nobody writes a URL that is refused. */
function checkedRequest(source: string, options: ImageOptions): ImageRequest {
  const named = parseSource(formatSource(source));
  if (isRefusal(named)) throw new RangeError(`'${source}' is no source: ${named.detail}`);
  const given = Object.entries(options).filter(([, value]) => value !== undefined) as [OptionName, unknown][];
  const read = parseOptions(given.map(([name, value]) => [name, printValue(name, value)] as const));
  if (isRefusal(read)) throw new RangeError(read.detail);
  return { source: named, options: { format: 'auto', ...read } };
}

function printValue(name: OptionName, value: unknown): string {
  return kindOf(name).print(value);
}
