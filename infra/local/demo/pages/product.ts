/**
 * A product's page: its picture, what it is, what is left of it, what people say, and the forms that change both.
 */

import { html } from 'hono/html';
import type { ProductDetail, SignedReview } from '../shop/product-detail.ts';
import type { Product } from '../shop/rows.ts';
import { day, picturePath, price, stars } from './format.ts';
import { type Html, layout } from './layout.ts';

export function productPage({ product, brand, shelf, department, reviews }: ProductDetail): Html {
  return layout(
    { title: product.name },
    html`
<article class="product">
<img src="${picturePath(product)}" alt="${product.name}" width="1200" height="900">
<div>
<p class="small soft"><a href="/categories/${department?.slug}">${department?.name}</a> ·
<a href="/categories/${shelf?.slug}">${shelf?.name}</a></p>
<h1>${product.name}</h1>
<p class="soft">${brand?.name}, ${brand?.country}, since ${brand?.founded}</p>
<p><span class="price">${price(product.price)}</span> · ${product.stock === 0 ? 'sold out' : `${product.stock} left`}</p>
<form class="row" method="post" action="/products/${product.id}/orders">
<input type="number" name="quantity" value="1" min="1" max="20" aria-label="Quantity"><button>Order</button></form>
<p>${product.description}</p>
${facts(product)}
</div>
</article>
<h2>${product.review_count} ${product.review_count === 1 ? 'review' : 'reviews'}${
      product.rating === null ? '' : html` <span class="soft small">${product.rating} of 5</span>`
    }</h2>
${reviews.map(reviewPanel)}
${reviewForm(product)}`,
  );
}

function facts({ sku, attributes, version, updated_at }: Product): Html {
  const { colour, material, weightGrams, warrantyYears, sizeCm } = attributes;
  return html`<dl class="small">
<dt>Material</dt><dd>${material}, ${colour}</dd>
<dt>Size</dt><dd>${sizeCm.join(' × ')} cm, ${(weightGrams / 1000).toFixed(2)} kg</dd>
<dt>Warranty</dt><dd>${warrantyYears} years</dd>
<dt>Number</dt><dd>${sku}, version ${version} of ${day(updated_at)}</dd>
</dl>`;
}

function reviewPanel({ rating, title, body, author, created_at }: SignedReview): Html {
  return html`
<section class="panel"><h3>${title}</h3>
<p class="small soft"><span class="stars" role="img" aria-label="${rating} of 5">${stars(rating)}</span>
${author}, ${day(created_at)}</p><p>${body}</p></section>`;
}

function reviewForm({ id }: Product): Html {
  return html`
<h2>Your own word</h2>
<form class="stack" method="post" action="/products/${id}/reviews">
<label>Stars <select name="rating">${[5, 4, 3, 2, 1].map(
    rating => html`<option value="${rating}">${stars(rating)}</option>`,
  )}</select></label>
<label>In short <input name="title" maxlength="80" required></label>
<label>In full <textarea name="body" rows="3" maxlength="2000" required></textarea></label>
<div><button>Send</button></div></form>`;
}
