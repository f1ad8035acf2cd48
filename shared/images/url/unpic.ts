/**
 * A provider in the shape unpic has for image services, so that its components and its `transformUrl` know Headrace's URLs.
 *
 * Shape   generate(src, { width, height, format, quality }) -> url; extract(url) -> { src, operations, options } | null
 * Errors  extract: null for what is no image URL; generate: as imageUrl
 * Source  ascorbic/unpic, "URLGenerator", "URLExtractor", "URLTransformer"
 */
import type { ImageOptions } from '../options.ts';
import { isRefusal } from '../refusal.ts';
import { parseImageRequest } from '../request/parse-request.ts';
import { imageUrl } from './image-url.ts';

export type UnpicOperations = ImageOptions;

export interface UnpicOptions {
  /** An address before the path, for images on another host. @default '' */
  readonly baseURL?: string;
  /** @default '/images' */
  readonly path?: string;
}

export interface UnpicExtract {
  readonly src: string;
  readonly operations: UnpicOperations;
  readonly options: UnpicOptions;
}

/** Frameworks compute fractions of pixels. */
export function generate(src: string | URL, operations: UnpicOperations, options: UnpicOptions = {}): string {
  const { baseURL = '', path = '/images' } = options;
  const { width, height } = operations;
  const whole = {
    ...operations,
    ...(width !== undefined && { width: Math.round(Number(width)) }),
    ...(height !== undefined && { height: Math.round(Number(height)) }),
  };
  return imageUrl(String(src).replace(/^\//, ''), whole, { base: `${baseURL.replace(/\/$/, '')}${path}` });
}

export function extract(url: string | URL, { path = '/images' }: UnpicOptions = {}): UnpicExtract | null {
  const { origin, pathname, search } = new URL(url, NOWHERE);
  const request = parseImageRequest({ pathname, search }, { path, forms: [] });
  if (isRefusal(request)) return null;
  const baseURL = origin === NOWHERE ? {} : { baseURL: origin };
  return { src: request.source, operations: request.options, options: { ...baseURL, path } };
}

/** An URL of ours gets the operations added; anything else is taken as the name of a source. */
export function transform(
  src: string | URL,
  operations: UnpicOperations,
  options: UnpicOptions = {},
): string {
  const found = extract(src, options);
  if (found === null) return generate(src, operations, options);
  return generate(found.src, { ...found.operations, ...operations }, { ...found.options, ...options });
}

const NOWHERE = 'http://headrace.invalid';
