/**
 * The private pages: signing in, and what a customer has ordered.
 */

import { html } from 'hono/html';
import type { OrderWithLines } from '../shop/account.ts';
import type { Customer } from '../shop/rows.ts';
import { day, price } from './format.ts';
import { type Html, layout } from './layout.ts';

export function signInPage(): Html {
  return layout(
    { title: 'Sign in' },
    html`
<h1>Sign in</h1>
<p class="soft">A demo has no passwords. Any customer will do.</p>
<form class="stack" method="post" action="/account/sign-in">
<label>Address <input type="email" name="email" value="customer1@example.com" maxlength="200" required></label>
<div><button>Sign in</button></div></form>`,
  );
}

export function accountPage(customer: Customer, orders: readonly OrderWithLines[]): Html {
  const { name, email, address } = customer;
  return layout(
    { title: 'Your account' },
    html`
<h1>${name}</h1>
<p class="soft">${email} · ${address.street} ${address.number}, ${address.city}</p>
<form method="post" action="/account/sign-out"><button>Sign out</button></form>
<h2>Your last orders</h2>
${orders.length === 0 ? html`<p>None yet.</p>` : orders.map(orderPanel)}`,
  );
}

function orderPanel({ id, state, created_at, lines }: OrderWithLines): Html {
  return html`
<section class="panel"><h3>Order ${id}</h3><p class="small soft">${state}, ${day(created_at)}</p>
<table>${lines.map(
    ({ product_id, product, quantity, unit_price }) => html`
<tr><td><a href="/products/${product_id}">${product?.name}</a></td><td>${quantity} × ${price(unit_price)}</td></tr>`,
  )}</table></section>`;
}
