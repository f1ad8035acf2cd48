/**
 * The URLs of the fixed trace: the demo's pages, and some of them again in other words, as links from letters and
 * advertisements have them. Their order is their popularity.
 *
 * Shape   how many, of how many products, seed -> { path, page }[]; `page` is the same for all spellings of one page
 */

import { categories } from '../../../../infra/local/demo/data/taxonomy.ts';
import { createSeededRandom } from '../../../../shared/primitives/seeded-random.ts';
import { below, type Chance, oneOf, shuffled } from './chance.ts';
import { createZipf } from './zipf.ts';

export interface TraceUrl {
  readonly path: string;
  /** The page behind the path, as a cache would name it that knows tracking parameters. */
  readonly page: string;
}

export interface UrlOptions {
  readonly urls: number;
  readonly products: number;
  readonly exponent: number;
  readonly seed: number;
}

/** Three of ten URLs are one page again under another spelling. */
const SPELLED_SHARE = 0.3;
const SHARES = { list: 0.03, search: 0.003, json: 0.15 } as const;
const SORTS = ['name', 'price-down', 'price-up'] as const;
const WORDS = [
  'oak',
  'linen',
  'copper',
  'lantern',
  'winter',
  'skillet',
  'tower',
  'globe',
  'chess',
  'kite',
] as const;
const MOST_PAGES = 8;

export function makeUrls({ urls, products, exponent, seed }: UrlOptions): readonly TraceUrl[] {
  const chance = createSeededRandom(seed);
  const spelled = Math.floor(urls * SPELLED_SHARE);
  const pages = [...makePages(chance, urls - spelled, products)];
  const draw = createZipf(pages.length, exponent);
  const paths = new Set<string>();
  const again: TraceUrl[] = [];
  while (again.length < spelled) {
    const page = pages[draw(chance)] ?? '/';
    const path = `${page}${page.includes('?') ? '&' : '?'}${tracking(chance)}`;
    if (paths.has(path)) continue;
    paths.add(path);
    again.push({ path, page });
  }
  return shuffled(chance, [...pages.map(page => ({ path: page, page })), ...again]);
}

function makePages(chance: Chance, count: number, products: number): ReadonlySet<string> {
  const pages = new Set(['/']);
  while (pages.size < count) pages.add(makePage(chance, products));
  return pages;
}

function makePage(chance: Chance, products: number): string {
  const kind = chance();
  if (kind < SHARES.search) return `/search?${pageParameter(chance)}q=${oneOf(chance, WORDS)}`;
  const api = chance() < SHARES.json ? '/api' : '';
  if (kind < SHARES.search + SHARES.list) return listPage(chance, api);
  return `${api}/products/${1 + below(chance, products)}`;
}

function listPage(chance: Chance, api: string): string {
  const { slug } = oneOf(chance, categories());
  const sort = chance() < 0.3 ? `sort=${oneOf(chance, SORTS)}` : '';
  const query = `${pageParameter(chance)}${sort}`.replace(/&$/, '');
  return `${api}/categories/${slug}${api && '/products'}${query && `?${query}`}`;
}

/** Ends in an ampersand, or is nothing: the first page has no number. */
function pageParameter(chance: Chance): string {
  const page = 1 + below(chance, MOST_PAGES);
  return page === 1 ? '' : `page=${page}&`;
}

/** In whose letter or advertisement the link stood. */
function tracking(chance: Chance): string {
  const number = below(chance, 1_000_000).toString(36);
  const source = below(chance, 3);
  if (source === 0) return `gclid=${number}`;
  return source === 1 ? `fbclid=${number}` : `utm_campaign=${number}&utm_medium=email&utm_source=letter`;
}
