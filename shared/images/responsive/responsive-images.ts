/**
 * Makes the variants of one source in several widths and formats, and says how to use them.
 *
 * A library call: a job, a route or a script gives it what makes one variant, and hears after each how far it is.
 *
 * Shape   generateResponsiveImages('photos/a.jpg', [320, 640], { make }) -> Manifest
 * Units   widths in pixels, bytes
 * Errors  a variant that fails is listed under `failed` with its code, and keeps none of the others
 * Cost    one variant a width and format, so many at once as `concurrency` says
 */
import { mapBounded } from '../../primitives/bounded.ts';
import type { ImageOptions } from '../options.ts';
import { imageUrl, type UrlOptions } from '../url/image-url.ts';
import { atWidth } from '../url/srcset.ts';

export interface MadeVariant {
  readonly ok: true;
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
  readonly contentType: string;
}

export interface FailedVariant {
  readonly ok: false;
  readonly code: string;
}

export interface ResponsiveOptions extends UrlOptions {
  /** Asks for the variant at this URL, which makes and stores it. */
  readonly make: (url: string) => Promise<MadeVariant | FailedVariant>;
  /** @default ['avif', 'webp', 'legacy'] */
  readonly formats?: readonly (ImageOptions['format'] & string)[];
  readonly options?: ImageOptions;
  /** @default 2 */
  readonly concurrency?: number;
  readonly onProgress?: (done: number, total: number) => void | Promise<void>;
}

export interface ManifestVariant extends Omit<MadeVariant, 'ok'> {
  readonly url: string;
  readonly format: string;
}

export interface Manifest {
  readonly source: string;
  readonly variants: readonly ManifestVariant[];
  readonly failed: readonly { readonly url: string; readonly code: string }[];
  /** By format: the attribute's text, of what was made. */
  readonly srcset: Readonly<Record<string, string>>;
}

interface Wanted {
  readonly url: string;
  readonly format: string;
}

export async function generateResponsiveImages(
  source: string,
  widths: readonly number[],
  {
    make,
    formats = ['avif', 'webp', 'legacy'],
    options = {},
    concurrency = 2,
    onProgress,
    ...url
  }: ResponsiveOptions,
): Promise<Manifest> {
  const wanted = formats.flatMap(format =>
    widths.map(
      (width): Wanted => ({ url: imageUrl(source, { ...atWidth(options, width), format }, url), format }),
    ),
  );
  let done = 0;
  const made = await mapBounded(wanted, concurrency, async variant => {
    const outcome = await make(variant.url);
    done += 1;
    await onProgress?.(done, wanted.length);
    return { ...variant, outcome };
  });
  return manifestOf(source, made);
}

type Made = Wanted & { readonly outcome: MadeVariant | FailedVariant };

/** Two widths may come out as one, when the source has no more: then one candidate says it. */
function manifestOf(source: string, made: readonly Made[]): Manifest {
  const variants = made.flatMap(({ url, format, outcome }): ManifestVariant[] => {
    if (!outcome.ok) return [];
    const { width, height, bytes, contentType } = outcome;
    return [{ url, format, width, height, bytes, contentType }];
  });
  const failed = made.flatMap(({ url, outcome }) => (outcome.ok ? [] : [{ url, code: outcome.code }]));
  const formats = [...new Set(variants.map(({ format }) => format))];
  const srcset = Object.fromEntries(formats.map(format => [format, srcsetOf(variants, format)]));
  return { source, variants, failed, srcset };
}

function srcsetOf(variants: readonly ManifestVariant[], format: string): string {
  const byWidth = new Map<number, string>();
  for (const variant of variants) {
    if (variant.format === format && !byWidth.has(variant.width)) byWidth.set(variant.width, variant.url);
  }
  return [...byWidth].map(([width, url]) => `${url} ${width}w`).join(', ');
}
