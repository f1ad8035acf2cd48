/**
 * What a purge reaches, in the cache's own words: tags wherever a token can say it, a search for the rest.
 *
 * A pattern that is a whole URL, a folder, a host or everything is that; only a star in the middle has to be searched for.
 *
 * Shape   order + request URL -> { tags, like?: a pattern of URL tags, front: what the cache in front is told }
 * Errors  none: the order was checked
 */

import { createTagPattern, type TagPattern, unitePatterns } from '../../shared/cache/tag-pattern.ts';
import type { Routes } from '../../shared/config/route.ts';
import { isPlainPrefix } from '../../shared/http/url-prefix.ts';
import type { CdnScope } from '../cdn-front.ts';
import { targetOf } from '../proxy/key.ts';
import { EVERYTHING_TAG, hostTag, prefixTag, urlTags } from '../proxy/own-tags.ts';
import type { PurgeOrder } from './purge-order.ts';

export interface PurgeScope {
  readonly tags: readonly string[];
  readonly like?: TagPattern;
  readonly front: CdnScope;
}

export interface Asked {
  /** Of the purge itself: paths are on its host. */
  readonly url: string;
  readonly routes: Routes;
}

const EVERYTHING: PurgeScope = { tags: [EVERYTHING_TAG], front: { kind: 'everything' } };

export function scopeOf({ selector, items }: PurgeOrder, asked: Asked): PurgeScope {
  switch (selector) {
    case 'tags':
      return { tags: items, front: { kind: 'tags', tags: items } };
    case 'urls':
      return { tags: items.flatMap(item => tagsOfUrl(item, asked)), front: pathsOf(items, asked) };
    case 'prefixes':
      return { tags: items.flatMap(item => prefixTags(item, asked)), front: pathsOf(items, asked) };
    case 'hosts':
      return { tags: items.map(tagOfHost), front: { kind: 'everything' } };
    case 'patterns':
      return uniteScopes(items.map(item => scopeOfPattern(absolutePattern(item, asked), asked)));
    case 'everything':
      return EVERYTHING;
  }
}

/** As a request for it would be keyed. */
function tagsOfUrl(item: string, { url, routes }: Asked): readonly string[] {
  const address = addressOf(item, url);
  return urlTags(targetOf(address, routes.select(address.pathname)).key);
}

/** Put together as text: resolved as a link is, `/\host` would lead elsewhere. */
function addressOf(item: string, requestUrl: string): URL {
  return new URL(item.startsWith('/') ? new URL(requestUrl).origin + item : item);
}

/** `/a` is the page and all below it, `/a/` what is below it. */
function prefixTags(item: string, { url }: Asked): readonly string[] {
  const { host, pathname } = addressOf(item, url);
  if (pathname === '/') return [hostTag(host)];
  if (pathname.endsWith('/')) return [prefixTag(host, pathname)];
  return [prefixTag(host, pathname), prefixTag(host, `${pathname}/`)];
}

function tagOfHost(item: string): string {
  return hostTag(new URL(`http://${item}`).host);
}

/** `*` alone is everything. */
function absolutePattern(item: string, { url }: Asked): string {
  if (item.startsWith('/')) return `//${new URL(url).host}${item}`;
  return item.replace(/^https?:/, '').replace(/^\/\/[^/]*/, host => host.toLowerCase());
}

function scopeOfPattern(pattern: string, asked: Asked): PurgeScope {
  if (/^(\*|\/\/\*(\/\*)?)$/.test(pattern)) return EVERYTHING;
  const star = pattern.indexOf('*');
  if (star < 0) return scopeOf({ selector: 'urls', items: [`http:${pattern}`], soft: false }, asked);
  const folder = `http:${pattern.slice(0, -1)}`;
  const isFolder = star === pattern.length - 1 && folder.endsWith('/') && URL.canParse(folder);
  if (isFolder && isPlainPrefix(folder))
    return scopeOf({ selector: 'prefixes', items: [folder], soft: false }, asked);
  return { tags: [], like: createTagPattern(`,${pattern}`), front: { kind: 'everything' } };
}

function pathsOf(items: readonly string[], { url }: Asked): CdnScope {
  return { kind: 'paths', pathPrefixes: items.map(item => addressOf(item, url).pathname) };
}

function uniteScopes(scopes: readonly PurgeScope[]): PurgeScope {
  const patterns = scopes.flatMap(({ like }) => like ?? []);
  const paths = scopes.flatMap(({ front }) => (front.kind === 'paths' ? front.pathPrefixes : []));
  const isNarrow = scopes.every(({ front }) => front.kind === 'paths');
  return {
    tags: scopes.flatMap(({ tags }) => tags),
    front: isNarrow ? { kind: 'paths', pathPrefixes: paths } : { kind: 'everything' },
    ...(patterns.length > 0 && { like: unitePatterns(patterns) }),
  };
}
