/**
 * A product as lists show it.
 */

import { html } from 'hono/html';
import type { Listed } from '../shop/catalogue.ts';
import { picturePath, price } from './format.ts';
import type { Html } from './layout.ts';

export function cards(products: readonly Listed[]): Html {
  return html`<ul class="grid">${products.map(card)}</ul>`;
}

function card(product: Listed): Html {
  return html`
<li class="card"><a href="/products/${product.id}">
<img src="${picturePath(product)}" alt="" width="800" height="600" loading="lazy">
<div><strong>${product.name}</strong>
<span class="small soft">${product.brand?.name}</span><br>
<span class="price">${price(product.price)}</span></div></a></li>`;
}
