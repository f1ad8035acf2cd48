/**
 * What a route may say about its key, in the words of headrace.config.ts, and what the edge makes of it.
 *
 * Shape   KeyConfig -> RequestKey: a function for the query, the facets, the names of keyed headers
 * Errors  none; the schema refuses what makes no sense
 */

import * as z from 'zod/mini';
import type { ProfileName } from '../http/policy.ts';
import { createQueryKey, type QueryKey, TRACKING_PARAMETERS } from '../http/query-key.ts';
import { facetNames, type RequestFacets } from '../http/request-facets.ts';
import { lazy } from '../primitives/lazy.ts';
import { cookieName, fieldName, language, parameter } from './fields.ts';

const queryRules = lazy(() =>
  z.strictObject({
    /** Only these parameters; one that ends in `*` stands for all that begin so. @default 'all' */
    keep: z.optional(
      z.union([z.literal('all'), z.array(parameter())], "must be 'all' or a list of parameter names"),
    ),
    /** Not these; wins over `keep`. */
    drop: z.optional(z.array(parameter())),
    /** Ordered by name; off for an origin that reads its query as one text. @default true, in `strict` false */
    sort: z.optional(z.boolean()),
    /** What advertisers add to links. @default the whole's; in `strict` 'keep' */
    tracking: z.optional(z.enum(['keep', 'drop'])),
  }),
);

export const keySchema = lazy(() =>
  z.strictObject({
    headers: z.optional(z.array(fieldName()).check(z.maxLength(5))),
    /** Only these cookies reach the origin, and only they tell responses apart. */
    cookies: z.optional(z.array(cookieName()).check(z.minLength(1), z.maxLength(5))),
    /** Phone, tablet or desktop, told to the origin as X-Device-Class in place of User-Agent. @default false */
    device: z.optional(z.boolean()),
    /** The languages the site has, its own first: Accept-Language becomes one of them. */
    languages: z.optional(z.array(language()).check(z.minLength(1), z.maxLength(50))),
    /** `all`, only the named parameters, or rules; what is not in the key is not forwarded either. @default 'all' */
    query: z.optional(
      z.union(
        [z.literal('all'), z.array(parameter()), z.lazy(queryRules)],
        "must be 'all', a list of parameter names, or an object of keep, drop, sort, tracking",
      ),
    ),
  }),
);

export type KeyConfig = z.output<ReturnType<typeof keySchema>>;

export interface RequestKey {
  readonly query: QueryKey;
  /** Absent: no field is reduced. */
  readonly facets: RequestFacets | undefined;
  /** Lower-case names that are part of the key. */
  readonly headers: readonly string[];
}

export interface KeySettings {
  readonly profile: ProfileName;
  readonly tracking: 'keep' | 'drop';
  /** Whether the page is answered by Origin. */
  readonly cors: boolean;
}

export function createRequestKey(config: KeyConfig, settings: KeySettings): RequestKey {
  const { cookies = [], device = false, languages = [] } = config;
  const facets = { cookies, device, languages };
  const reduced = facetNames(facets);
  const named = (config.headers ?? []).map(name => name.toLowerCase());
  const headers = [...named, ...reduced, ...(settings.cors ? ['origin'] : [])];
  return {
    query: queryOf(config.query, settings),
    facets: reduced.length > 0 ? facets : undefined,
    headers: [...new Set(headers)],
  };
}

/** By the letter of the RFCs a query is a text, and no cache's to change. */
function queryOf(config: KeyConfig['query'] = 'all', { profile, tracking }: KeySettings): QueryKey {
  const rules = typeof config === 'string' || Array.isArray(config) ? { keep: config } : config;
  const { keep = 'all', sort = profile !== 'strict' } = rules;
  const isDropped = (rules.tracking ?? (profile === 'strict' ? 'keep' : tracking)) === 'drop';
  // Who lists what is kept has said it all.
  const unwanted = isDropped && keep === 'all' ? TRACKING_PARAMETERS : [];
  const drop = [...(rules.drop ?? []), ...unwanted];
  return keep === 'all' && drop.length === 0 && !sort ? asItIs : createQueryKey({ keep, drop, sort });
}

const asItIs: QueryKey = search => search;
