/**
 * Tells the CDN in front the tags of an answer, where the configuration names a header for it: by what it is then told to forget.
 *
 * An answer with more tags than CDNs keep is not for them: what they could not be told to forget they must not store.
 *
 * Shape   fields to be sent, fields as they are stored, exchange -> fields to be sent
 * Errors  none (total)
 */

import { formatTagHeader } from '../../../shared/cdn/tag.ts';
import { parseCacheTags } from '../../../shared/http/cache-tags.ts';
import { type Fields, withFields } from '../../../shared/http/fields.ts';
import type { Exchange } from '../exchange.ts';

export function tellTags(
  told: Fields,
  stored: Fields,
  { route, url }: Pick<Exchange, 'route' | 'url'>,
): Fields {
  const { tagHeader } = route;
  if (tagHeader === undefined) return told;
  const ofOrigin = parseCacheTags(stored);
  const tags = [...(ofOrigin.valid ? ofOrigin.tags : []), ...route.tags(url.pathname)];
  if (tags.length === 0 && ofOrigin.valid) return told;
  const text = ofOrigin.valid ? formatTagHeader(tags, tagHeader) : undefined;
  return withFields(told, [text === undefined ? NOT_FOR_CDNS : [tagHeader, text]]);
}

const NOT_FOR_CDNS = ['cache-control', 'private, no-cache'] as const;
