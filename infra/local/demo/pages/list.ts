/**
 * A page of products, of a category or of a search, with its sorting and the way to the pages beside it.
 */

import { html } from 'hono/html';
import { type Page, type Selection, SORTS, type Sort } from '../shop/catalogue.ts';
import type { Category } from '../shop/rows.ts';
import { cards } from './card.ts';
import { type Html, layout } from './layout.ts';

export type List = Page & { readonly selection: Selection } & (OfCategory | OfSearch);

interface OfCategory {
  readonly category: Category;
  readonly department: Category;
  readonly shelves: readonly Category[];
}

interface OfSearch {
  readonly words: string;
}

const SORT_NAMES: Readonly<Record<Sort, string>> = {
  newest: 'Newest',
  'price-up': 'Price, low first',
  'price-down': 'Price, high first',
  name: 'Name',
};

export function listPage(list: List): Html {
  const { total, products, selection } = list;
  const isSearch = 'words' in list;
  const title = isSearch ? (list.words === '' ? 'Search' : `“${list.words}”`) : list.category.name;
  return layout(
    { title, words: isSearch ? list.words : undefined },
    html`
<h1>${title}</h1>
${isSearch ? '' : shelfLinks(list)}
<p class="row small"><span class="soft">${total.toLocaleString('en')} ${total === 1 ? 'thing' : 'things'}</span>
${Object.keys(SORTS).map(sort => sortLink(list, sort as Sort))}</p>
${cards(products)}
<nav class="row" aria-label="Pages">${pageLink(list, selection.page - 1, 'Before')}
<span class="soft small">${selection.page} of ${list.pages}</span>
${pageLink(list, selection.page + 1, 'Next')}</nav>`,
  );
}

function shelfLinks({ category, department, shelves }: OfCategory): Html {
  return html`<nav class="row" aria-label="Shelves">${[department, ...shelves].map(
    ({ id, slug, name }) =>
      html`<a class="chip" href="/categories/${slug}" ${id === category.id ? html`aria-current="page"` : ''}>${
        id === department.id ? `All ${name}` : name
      }</a>`,
  )}</nav>`;
}

function sortLink(list: List, sort: Sort): Html {
  const current = list.selection.sort === sort ? html`aria-current="true"` : '';
  return html`<a class="chip" href="${hrefOf(list, { page: 1, sort })}" ${current}>${SORT_NAMES[sort]}</a>`;
}

function pageLink(list: List, page: number, label: string): Html | string {
  if (page < 1 || page > list.pages) return '';
  return html`<a class="chip" href="${hrefOf(list, { ...list.selection, page })}">${label}</a>`;
}

/** What is as usual is not said, so that one page has one address. */
function hrefOf(list: List, { page, sort }: Selection): string {
  const query = new URLSearchParams({
    ...('words' in list && { q: list.words }),
    ...(page > 1 && { page: String(page) }),
    ...(sort !== 'newest' && { sort }),
  });
  const path = 'words' in list ? '/search' : `/categories/${list.category.slug}`;
  return query.size === 0 ? path : `${path}?${query}`;
}
