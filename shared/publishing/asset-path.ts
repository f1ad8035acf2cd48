/**
 * Which file of the store a path of a URL means.
 *
 * Shape   '/docs/Gr%C3%BCn.png' -> 'docs/Grün.png'; a path that ends with a slash is its index.html; undefined for what no
 *         published file can be called, notes of publishing and hidden files among it
 * Errors  none (total)
 * Source  RFC 3986 §3.3, §6.2.2; WHATWG URL (dot segments are resolved before)
 */

import { parseAssetKey } from './asset-key.ts';

export function assetKeyOf(path: string): string | undefined {
  const segments = path.slice(1).split('/').map(decode);
  // A slash that was encoded is part of a name, and no file has one.
  if (segments.some(segment => segment === undefined || segment.includes('/'))) return undefined;
  const last = segments.at(-1) === '' ? [...segments.slice(0, -1), 'index.html'] : segments;
  const parsed = parseAssetKey(last.join('/'));
  return parsed.ok ? parsed.key : undefined;
}

/** As the store is asked for it: S3 takes a plus for a space, so nothing is left to interpretation. */
export function pathOfKey(key: string): string {
  const encode = (segment: string) =>
    encodeURIComponent(segment).replace(
      /[!'()*]/g,
      character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
    );
  return key.split('/').map(encode).join('/');
}

/** Names whose files are stored compressed as well. Of any other, the edge compresses what it stores itself. */
export function isTextName(key: string): boolean {
  return TEXT.test(key);
}

const TEXT = /\.(?:atom|css|csv|html?|json|m?js|map|md|rss|svg|txt|wasm|webmanifest|xhtml|xml|ttf|otf)$/i;

function decode(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
