/**
 * The cache as it was, and beside it an index of the addresses of each tag, for CDNs that know no tags: what is kept is written
 * down, after the response, as the keeping itself is.
 *
 * What Headrace does not keep, because it is too large, say, is not in the index.
 *
 * Units   ms
 * Errors  none: what cannot be written is told to the log, and the index says itself that it is incomplete
 * Cost    a write to the index for each write to the cache, of responses with tags of their origin or route
 */

import type { Levels } from '../shared/cache/levels.ts';
import type { TagIndex } from '../shared/cdn/tag-index/tag-index.ts';
import type { Stored } from './proxy/stored.ts';

export interface IndexTagsDeps {
  readonly index: Pick<TagIndex, 'add'>;
  readonly log: (entry: object) => void;
}

/** A CDN may still revalidate what has ended here. */
const LONGER_AT_CDN_MS = 24 * 60 * 60 * 1_000;
/** Of a URL among its tags (proxy/own-tags.ts): it has no scheme. */
const URL_TAG = ',//';

export function indexTags(cache: Levels<Stored>, { index, log }: IndexTagsDeps): Levels<Stored> {
  return {
    ...cache,
    async write(request) {
      const { tags, deadAt } = request.value;
      const url = tags.find(tag => tag.startsWith(URL_TAG));
      const given = tags.filter(tag => !tag.startsWith(','));
      const [kept] = await Promise.all([
        cache.write(request),
        url &&
          given.length > 0 &&
          index
            .add({ url: `https:${url.slice(1)}`, tags: given, endsAt: deadAt + LONGER_AT_CDN_MS })
            .catch(error => log({ event: 'tags-not-indexed', reason: String(error) })),
      ]);
      return kept;
    },
  };
}
