/**
 * Says what an order means at one CDN: each item as the targets that reach exactly it, or why that CDN cannot reach it. Nothing
 * is ever named wider than it was ordered.
 *
 * Shape   item, CDN -> targets | refusal
 * Errors  none: a refusal is a value
 */

import type { CdnCapabilities } from '../capabilities.ts';
import type { Target } from '../target.ts';
import { hostOf, pathOf, placeOf, written } from './place-of.ts';
import { type ItemRefusal, starred, tooDeep, tooLong, unsupportedPattern } from './refusals.ts';

export type Meant = readonly Target[] | ItemRefusal;

export function isMeant(meant: Meant): meant is readonly Target[] {
  return Array.isArray(meant);
}

/** Whose words they are, and the hosts it serves: an empty list is any. */
export interface Serving {
  readonly capabilities: CdnCapabilities;
  readonly hosts: readonly string[];
}

export function meaningOfUrl(item: string, { capabilities }: Serving): Meant {
  const { addressing, longestPath } = capabilities;
  const url = new URL(item);
  const path = pathOf(url, addressing);
  if (path.includes('*')) return starred(item);
  if (path.length > longestPath) return tooLong(item, capabilities);
  return [{ kind: 'url', ...placeOf(url, addressing), path }];
}

/** `/a/` is all below it; `/a` is that page, its queries, and all below it; `/` is the host. */
export function meaningOfPrefix(item: string, serving: Serving): Meant {
  const { addressing, longestPath, deepestPrefix = Infinity } = serving.capabilities;
  const url = new URL(item);
  if (url.search !== '') return unsupportedPattern(item);
  if (url.pathname === '/') return meaningOfHost(url.host, serving);
  const host = hostOf(url, addressing);
  const path = written(url.pathname, addressing);
  if (path.includes('*')) return starred(item);
  if (path.length + 2 > longestPath) return tooLong(item, serving.capabilities);
  if (path.split('/').length - 1 > deepestPrefix) return tooDeep(item, deepestPrefix);
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
export function meaningOfPattern(item: string, serving: Serving): Meant {
  if (/^(\*|(https?:)?\/\/\*(\/\*)?)$/.test(item)) return [{ kind: 'everything' }];
  const text = item.replace(/^\/\//, 'https://');
  if (!URL.canParse(text) || !/^https?:/.test(text)) return unsupportedPattern(item);
  if (!text.includes('*')) return meaningOfUrl(text, serving);
  return /^[^*]*\/[^*]*\*$/.test(text.slice(text.indexOf('//') + 2))
    ? meaningOfBeginning(item, new URL(text), serving)
    : unsupportedPattern(item);
}

/** Read with its star: without it `/a/.*` would be the folder `/a/`, and `/a?*` whatever begins with `/a`. */
function meaningOfBeginning(item: string, url: URL, serving: Serving): Meant {
  const { addressing, longestPath } = serving.capabilities;
  const { origin, pathname, search, hash } = url;
  if (hash === '' && search === '' && pathname.endsWith('/*'))
    return meaningOfPrefix(origin + pathname.slice(0, -1), serving);
  const path = pathOf(url, addressing);
  const isWhole = path.endsWith('*') && !/%[0-9a-f]?\*$/i.test(pathname + search);
  if (addressing.prefix !== 'text' || !isWhole || path.slice(0, -1).includes('*'))
    return unsupportedPattern(item);
  if (path.length > longestPath) return tooLong(item, serving.capabilities);
  return [{ kind: 'prefix', host: hostOf(url, addressing), path: path.slice(0, -1) }];
}

/** Where hosts are not told apart, a host is everything only if the CDN serves no other. */
export function meaningOfHost(item: string, { capabilities, hosts }: Serving): Meant {
  const host = hostNamed(item);
  if (capabilities.addressing.host !== 'ignored') return [{ kind: 'host', host }];
  if (hosts.length === 1 && hosts[0] === host) return [{ kind: 'everything' }];
  return {
    code: 'CDN_HOST_UNSUPPORTED',
    message: `It does not tell hosts apart: ${host} alone cannot be invalidated, unless hosts names it as the only one`,
  };
}

/** As addresses have it: in lower case, without the port that goes without saying. */
export function hostNamed(item: string): string {
  return new URL(`https://${item}`).host;
}
