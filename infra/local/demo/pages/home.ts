/**
 * The demo's first page: what came in last, and all departments with their shelves.
 */

import { html } from 'hono/html';
import type { Listed } from '../shop/catalogue.ts';
import type { Category } from '../shop/rows.ts';
import { cards } from './card.ts';
import { type Html, layout } from './layout.ts';

export interface Room {
  readonly department: Category;
  readonly shelves: readonly Category[];
}

export interface Home {
  readonly products: readonly Listed[];
  readonly rooms: readonly Room[];
}

export function homePage({ products, rooms }: Home): Html {
  return layout(
    { title: 'Things that last' },
    html`
<h1>Things that last</h1>
<p class="soft">Tools, cloth, light and play, from workshops that answer letters.</p>
<h2>Just in</h2>
${cards(products)}
<h2>Departments</h2>
<div class="rooms">${rooms.map(room)}</div>`,
  );
}

function room({ department, shelves }: Room): Html {
  return html`
<section><h3><a href="/categories/${department.slug}">${department.name}</a></h3>
<ul class="small">${shelves.map(
    ({ slug, name }) => html`<li><a href="/categories/${slug}">${name}</a></li>`,
  )}</ul></section>`;
}
