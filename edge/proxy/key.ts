/**
 * What a request asks for, as the cache names it, and what is forwarded for it: the same text in both.
 *
 * Path and query are taken byte for byte, nothing is decoded; parameters are put in the order of their names. One that the
 * route leaves out of the key is left out of the forwarded request too, so that nobody can change a response by it.
 *
 * Shape   URL + route -> { key: 'https://host/path?query', target: '/path?query' }
 * Errors  none
 * Source  RFC 9111 §2
 */

import type { RequestKey } from '../../shared/config/key-schema.ts';
import type { Route } from '../../shared/config/route.ts';
import type { RequestUrl } from '../../shared/http/request-url.ts';

export interface Target {
  readonly key: string;
  readonly target: string;
}

export function targetOf(url: RequestUrl, { key }: Pick<Route, 'key'>): Target {
  const found = known.get(url);
  if (found?.by === key) return found.named;
  const target = url.pathname + (url.search === '' ? '' : key.query(url.search));
  const named = { key: url.origin + target, target };
  known.set(url, { by: key, named });
  return named;
}

/** A URL that comes again is the same object (request-url.ts): a busy page is named once, its query sorted once. */
const known = new WeakMap<RequestUrl, { readonly by: RequestKey; readonly named: Target }>();
