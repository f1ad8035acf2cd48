/**
 * What an exchange asks the cache for. Most hits need only the key: facets are found when they are asked for.
 *
 * Errors  none
 */

import type { Facets, Lookup } from '../../shared/cache/entry.ts';
import { acceptClass } from '../../shared/http/accept-class.ts';
import { normalizeAcceptEncoding } from '../../shared/http/accept-encoding.ts';
import { type Fields, fieldValue } from '../../shared/http/fields.ts';
import type { NoVarySearch } from '../../shared/http/no-vary-search.ts';
import { varyValues } from '../../shared/http/vary.ts';
import type { CacheableExchange, Exchange } from './exchange.ts';
import { facetFields } from './forwarding.ts';
import { baseOf } from './keeping/known-search.ts';
import { ownTags, searchTag } from './own-tags.ts';

/** `rule`: what the answers for this path have said of its queries. */
export function lookupOf(exchange: CacheableExchange, rule?: NoVarySearch): Lookup {
  return {
    base: baseOf(exchange.key, rule) + kindOf(exchange),
    tags: rule ? [...knownTags(exchange), searchTag(exchange.key)] : knownTags(exchange),
    facets: facetsOf(exchange),
  };
}

/** Which no URL is, for its space. Every browser asks for pages by the same name, and so do programs that take anything. */
function kindOf({ fields }: Exchange): string {
  const accept = fieldValue(fields, 'accept');
  return accept !== undefined && acceptClass(accept) === 'json' ? ' json' : '';
}

/** The tags that any response to this exchange carries, whatever it says itself. */
export function knownTags({ key, route, url }: Exchange): readonly string[] {
  const own = ownTags(key);
  const ofRoute = route.tags(url.pathname);
  return ofRoute.length === 0 ? own : [...own, ...ofRoute];
}

/** What is compressed varies by Accept-Encoding alone, as a rule: its hits need none of the others. */
function facetsOf({ fields, forwarding }: CacheableExchange): Facets {
  let all: Facets | undefined;
  const findAll = () => {
    all ??= valuesOf(facetFields(forwarding));
    return all;
  };
  return {
    get: name =>
      name === 'accept-encoding' ? normalizeAcceptEncoding(fieldValue(fields, name)) : findAll().get(name),
    entries: () => findAll().entries(),
  };
}

function valuesOf(fields: Fields): Facets {
  const names = [...new Set(fields.map(([name]) => name))];
  const facets = new Map<string, string>();
  for (const [name, value] of varyValues(names, fields)) if (value !== null) facets.set(name, value);
  return facets;
}
