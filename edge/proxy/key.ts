/**
 * What a request asks for, as the cache names it, and what is forwarded for it: the same text in both.
 *
 * Path and query are taken byte for byte, nothing is decoded. A query parameter that the route leaves out of the key is left
 * out of the forwarded request too, so that nobody can change a response by it.
 *
 * Shape   URL + route -> { key: 'https://host/path?query', target: '/path?query' }
 * Errors  none
 * Source  RFC 9111 §2
 */

import type { Route } from '../../shared/config/route.ts';
import type { RequestUrl } from '../../shared/http/request-url.ts';

export interface Target {
  readonly key: string;
  readonly target: string;
}

export function targetOf(url: RequestUrl, { keyQuery }: Pick<Route, 'keyQuery'>): Target {
  const target = url.pathname + (keyQuery === 'all' ? url.search : selectQuery(url.search, keyQuery));
  return { key: url.origin + target, target };
}

function selectQuery(search: string, names: readonly string[]): string {
  const kept = search
    .slice(1)
    .split('&')
    .filter(pair => names.includes(pair.split('=', 1)[0] ?? ''));
  return kept.length === 0 ? '' : `?${kept.join('&')}`;
}
