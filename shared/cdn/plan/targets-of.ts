/**
 * Says what an order means at one CDN: each item as the targets that reach exactly it, or why that CDN cannot reach it. Nothing
 * is ever named wider than it was ordered.
 *
 * Shape   item, addressing -> targets | refusal
 * Errors  none: a refusal is a value
 */

import type { Addressing, CdnCapabilities } from '../capabilities.ts';
import type { Target } from '../target.ts';

export interface ItemRefusal {
  readonly code:
    | 'CDN_TAGS_UNSUPPORTED'
    | 'CDN_TAG_INDEX_INCOMPLETE'
    | 'CDN_PATTERN_UNSUPPORTED'
    | 'CDN_HOST_UNSUPPORTED'
    | 'CDN_ITEM_TOO_LONG'
    | 'CDN_ITEM_INVALID';
  readonly message: string;
}

export type Meant = readonly Target[] | ItemRefusal;

export function isMeant(meant: Meant): meant is readonly Target[] {
  return Array.isArray(meant);
}

export function meaningOfUrl(item: string, capabilities: CdnCapabilities): Meant {
  const url = new URL(item);
  const path = pathOf(url, capabilities.addressing);
  if (path.includes('*')) return starred(item);
  if (path.length > capabilities.longestPath) return tooLong(item, capabilities);
  return [{ kind: 'url', ...placeOf(url, capabilities.addressing), path }];
}

/** `/a/` is all below it; `/a` is that page, its queries, and all below it. */
export function meaningOfPrefix(item: string, capabilities: CdnCapabilities): Meant {
  const { addressing, longestPath } = capabilities;
  const url = new URL(item);
  const host = hostOf(url, addressing);
  const path = cased(encodePath(url.pathname), addressing);
  if (path.includes('*')) return starred(item);
  if (path.length + 2 > longestPath) return tooLong(item, capabilities);
  if (path.endsWith('/')) return [{ kind: 'prefix', host, path }];
  if (addressing.prefix === 'segments') return [{ kind: 'prefix', host, path, whole: true }];
  const queries: readonly Target[] =
    addressing.query === 'matched' ? [{ kind: 'prefix', host, path: `${path}?` }] : [];
  return [
    { kind: 'url', ...placeOf(url, addressing), path },
    ...queries,
    { kind: 'prefix', host, path: `${path}/` },
  ];
}

/** Only a star at the end, and only where the CDN has such a thing. */
export function meaningOfPattern(item: string, capabilities: CdnCapabilities): Meant {
  if (/^(\*|(https?:)?\/\/\*(\/\*)?)$/.test(item)) return [{ kind: 'everything' }];
  const star = item.indexOf('*');
  const text = item.replace(/^\/\//, 'https://').replace(/\*$/, '');
  if (!URL.canParse(text) || !/^https?:/.test(text)) return unsupportedPattern(item);
  if (star < 0) return meaningOfUrl(text, capabilities);
  if (star < item.length - 1) return unsupportedPattern(item);
  const url = new URL(text);
  const path = pathOf(url, capabilities.addressing);
  if (!text.slice(text.indexOf('//') + 2).includes('/')) return unsupportedPattern(item);
  if (path.endsWith('/') && url.search === '') return meaningOfPrefix(text, capabilities);
  if (capabilities.addressing.prefix !== 'text') return unsupportedPattern(item);
  return [{ kind: 'prefix', host: hostOf(url, capabilities.addressing), path }];
}

/** Where hosts are not told apart, a host is everything only if the CDN serves no other. */
export function meaningOfHost(item: string, capabilities: CdnCapabilities, served: readonly string[]): Meant {
  const { host } = new URL(`https://${item}`);
  if (capabilities.addressing.host !== 'ignored') return [{ kind: 'host', host }];
  if (served.length === 1 && served[0] === host) return [{ kind: 'everything' }];
  return {
    code: 'CDN_HOST_UNSUPPORTED',
    message: `It does not tell hosts apart: ${host} alone cannot be invalidated, unless hosts names it as the only one`,
  };
}

function placeOf(url: URL, addressing: Addressing): { readonly scheme: string; readonly host: string } {
  const scheme = addressing.scheme === 'ignored' ? '' : url.protocol;
  return { scheme, host: hostOf(url, addressing) };
}

function hostOf(url: URL, { host }: Addressing): string {
  return host === 'ignored' ? '' : url.host;
}

function pathOf({ pathname, search }: URL, addressing: Addressing): string {
  const query = addressing.query === 'matched' ? search : '';
  return cased(encodePath(pathname + query), addressing);
}

function cased(path: string, { letterCase }: Addressing): string {
  return letterCase === 'ignored' ? path.toLowerCase() : path;
}

/** What a URL may leave as it is, and RFC 1738 counts among the unsafe. */
function encodePath(path: string): string {
  return path.replace(
    /[{}|\\^~[\]`"<>]/g,
    character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function starred(item: string): ItemRefusal {
  const message = `A star in an address would be taken for any text, and reach more than ${cut(item)}`;
  return { code: 'CDN_PATTERN_UNSUPPORTED', message };
}

function unsupportedPattern(item: string): ItemRefusal {
  return { code: 'CDN_PATTERN_UNSUPPORTED', message: `It cannot name ${cut(item)}` };
}

function tooLong(item: string, { longestPath }: CdnCapabilities): ItemRefusal {
  const message = `A path may have ${longestPath} characters, less than ${cut(item)}`;
  return { code: 'CDN_ITEM_TOO_LONG', message };
}

function cut(item: string): string {
  return item.length > 120 ? `${item.slice(0, 120)}…` : item;
}
