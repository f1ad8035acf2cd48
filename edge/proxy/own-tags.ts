/**
 * The tags that every response carries without its origin's doing: its URL's, those of the folders above it, its host's and
 * everyone's. Purging one of them is purging a tag: one new token, seen by the read that every lookup makes anyway.
 *
 * The comma they begin with keeps them apart from any tag that an origin can name. They leave the scheme out: behind a proxy
 * that ends TLS, what people know as https arrives as http. A host's tag leaves its port out as well.
 *
 * Shape   'https://host:8443/a/b?c' -> ',//host:8443/a/b?c', ',p//host:8443/a/', ',p//host:8443/a/b', ',h//host', ',*'
 * Errors  none
 * Cost    two tokens for each tag in a read; paths carry MOST_PREFIXES of at most LONGEST_PREFIX characters
 */

import { LONGEST_PREFIX, MOST_PREFIXES } from '../../shared/http/url-prefix.ts';

import { rememberByText } from '../../shared/primitives/remember.ts';

export const EVERYTHING_TAG = ',*';

/** All that a response for this key carries. Those of busy pages come again and again. */
export const ownTags = rememberByText((key): readonly string[] => {
  const { authority, path } = partsOf(key);
  const prefixes = prefixesOf(path).map(prefix => prefixTag(authority, prefix));
  return [urlTag(key), ...prefixes, hostTag(authority), EVERYTHING_TAG];
});

/** Of every variant of a URL. */
export function urlTag(key: string): string {
  return `,${key.slice(key.indexOf('/'))}`;
}

/**
 * Of the responses of a path that stand for several of its queries (known-search.ts): which of them a URL would get is not
 * to be told from the URL.
 */
export function searchTag(key: string): string {
  const { authority, path } = partsOf(key);
  return `,n//${authority}${path}`;
}

/** What to purge so that nothing stays that may answer a URL. */
export function urlTags(key: string): readonly string[] {
  return [urlTag(key), searchTag(key)];
}

/** Of all below a folder, where the prefix ends in a slash, else of all queries of one path. */
export function prefixTag(authority: string, prefix: string): string {
  return `,p//${authority}${prefix}`;
}

/** Of a host at all its ports. */
export function hostTag(authority: string): string {
  return `,h//${authority.replace(/:\d+$/, '')}`;
}

/** By whole segments: /a/b is below /a/, not below /a/b or /a/bc. The folder of all is the host. */
export function prefixesOf(path: string): readonly string[] {
  const prefixes: string[] = [];
  for (let end = path.indexOf('/', 1); end > 0; end = path.indexOf('/', end + 1)) {
    prefixes.push(path.slice(0, end + 1));
    if (prefixes.length === MOST_PREFIXES) break;
  }
  if (!path.endsWith('/') && prefixes.length < MOST_PREFIXES) prefixes.push(path);
  return prefixes.filter(prefix => prefix.length <= LONGEST_PREFIX);
}

interface KeyParts {
  readonly authority: string;
  readonly path: string;
}

function partsOf(key: string): KeyParts {
  const authorityAt = key.indexOf('//') + 2;
  const pathAt = key.indexOf('/', authorityAt);
  return { authority: key.slice(authorityAt, pathAt), path: key.slice(pathAt).split('?', 1)[0] ?? '' };
}
