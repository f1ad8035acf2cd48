/**
 * Which tags an answered request makes out of date: those of its URL, of the URLs on this site that its answer names, and
 * of the groups that the origin says have changed.
 *
 * Errors  none
 * Source  RFC 9111 §4.4; RFC 9875 §3
 */

import type { Routes } from '../../shared/config/route.ts';
import { invalidatedGroupTags } from '../../shared/http/cache-groups.ts';
import { type AnsweredRequest, invalidatedUrls } from '../../shared/http/invalidation.ts';
import type { Exchange } from './exchange.ts';
import { targetOf } from './key.ts';
import type { OriginAnswer } from './origin/fetch-origin.ts';
import { urlTags } from './own-tags.ts';

export function invalidatedTags(exchange: Exchange, answer: OriginAnswer, routes: Routes): readonly string[] {
  const { method, url } = exchange;
  const urls = invalidatedUrls(answeredRequest(exchange, answer)).flatMap(found => tagsOf(found, routes));
  return [...new Set([...urls, ...invalidatedGroupTags(method, answer.fields, url.origin)])];
}

/** The exchange as the rules see it: by the client's URL, and by the name that the origin knows itself by. */
export function answeredRequest(exchange: Exchange, { status, fields }: OriginAnswer): AnsweredRequest {
  const { method, url, origin, target } = exchange;
  return { method, url: url.origin + target, upstreamOrigin: origin.url, status, fields };
}

function tagsOf(found: string, routes: Routes): readonly string[] {
  const url = new URL(found);
  return urlTags(targetOf(url, routes.select(url.pathname)).key);
}
