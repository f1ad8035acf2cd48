/**
 * The query as the cache names it and as the origin is asked: one text for both, so that nobody can change a stored answer
 * by a parameter that is not in its key.
 *
 * Parameters are cut at `&` and compared by the bytes of their names: nothing is decoded, no value is touched, and those
 * of one name keep their order.
 *
 * Shape   '?b=2&utm_source=x&a=1' -> '?a=1&b=2'
 * Errors  none (total); idempotent
 * Source  Kettle, Web Cache Entanglement (2020): parameter cloaking
 */
import { joinQuery, sortByName, splitQuery } from './query-pairs.ts';

export interface QueryKeyOptions {
  /** Order by name; off for an origin that signs or reads its query as one text. @default true */
  readonly sort?: boolean;
  /** Only these names; one that ends in `*` stands for all that begin so. @default 'all' */
  readonly keep?: 'all' | readonly string[];
  /** Not these names, `*` as above; wins over `keep`. @default [] */
  readonly drop?: readonly string[];
}

/** From the query with its `?`, or '', to the same. */
export type QueryKey = (search: string) => string;

/** What advertisers and mailers add to links, for scripts in the page to read from its address. */
export const TRACKING_PARAMETERS: readonly string[] = [
  '_ga',
  '_gl',
  '_hsenc',
  '_hsmi',
  'dclid',
  'fbclid',
  'gad_source',
  'gbraid',
  'gclid',
  'gclsrc',
  'igshid',
  'li_fat_id',
  'mc_cid',
  'mc_eid',
  'mkt_tok',
  'msclkid',
  'srsltid',
  'ttclid',
  'twclid',
  'utm_*',
  'wbraid',
  'yclid',
];

export function createQueryKey({ sort = true, keep = 'all', drop = [] }: QueryKeyOptions): QueryKey {
  const isKept = keep === 'all' ? () => true : createMatcher(keep);
  const isDropped = createMatcher(drop);
  return search => {
    const kept = splitQuery(search).filter(({ name }) => isKept(name) && !isDropped(name));
    return joinQuery(sort ? sortByName(kept) : kept);
  };
}

function createMatcher(patterns: readonly string[]): (name: string) => boolean {
  const names = new Set(patterns.filter(pattern => !pattern.endsWith('*')));
  const prefixes = patterns.filter(pattern => pattern.endsWith('*')).map(pattern => pattern.slice(0, -1));
  return name => names.has(name) || prefixes.some(prefix => name.startsWith(prefix));
}
