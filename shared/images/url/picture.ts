/**
 * A `<picture>` with one source a format, for pages whose cache in front cannot vary by Accept; as data and as HTML.
 *
 * Shape   picture('a.jpg', { alt: 'A hill' }) -> { sources: [{ type, srcset, sizes }], img: { src, srcset, … } }
 * Errors  as imageUrl
 * Source  HTML Standard, "The picture element"
 */
import type { ImageOptions } from '../options.ts';
import { imageUrl, type UrlOptions } from './image-url.ts';
import { atWidth, srcset } from './srcset.ts';

export interface PictureOptions extends UrlOptions {
  readonly alt: string;
  readonly options?: ImageOptions;
  readonly widths?: readonly number[];
  /** @default '100vw' */
  readonly sizes?: string;
  /** The best first. @default ['avif', 'webp'] */
  readonly formats?: readonly ('avif' | 'webp')[];
  /** @default 'lazy' */
  readonly loading?: 'lazy' | 'eager';
}

export interface Picture {
  readonly sources: readonly { readonly type: string; readonly srcset: string; readonly sizes: string }[];
  readonly img: Readonly<Record<string, string>>;
}

const LAST_RESORT_WIDTH = 1080;

export function picture(source: string, given: PictureOptions): Picture {
  const {
    alt,
    options = {},
    widths,
    sizes = '100vw',
    formats = ['avif', 'webp'],
    loading = 'lazy',
    ...url
  } = given;
  const set = (format: ImageOptions['format'] & string) =>
    srcset(source, { ...url, ...(widths && { widths }), options: { ...options, format } });
  const src = imageUrl(
    source,
    { ...atWidth(options, options.width ?? LAST_RESORT_WIDTH), format: 'legacy' },
    url,
  );
  const { width, height } = options;
  const size = width && height ? { width: String(width), height: String(height) } : {};
  return {
    sources: formats.map(format => ({ type: `image/${format}`, srcset: set(format), sizes })),
    img: { src, srcset: set('legacy'), sizes, ...size, alt, loading, decoding: 'async' },
  };
}

export function pictureHtml(source: string, options: PictureOptions): string {
  const { sources, img } = picture(source, options);
  return `<picture>${sources.map(attributes => element('source', attributes)).join('')}${element('img', img)}</picture>`;
}

function element(name: string, attributes: Readonly<Record<string, string>>): string {
  const written = Object.entries(attributes).map(
    ([attribute, value]) => ` ${attribute}="${escapeHtml(value)}"`,
  );
  return `<${name}${written.join('')}>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&"<>]/g, character => `&#${character.charCodeAt(0)};`);
}
