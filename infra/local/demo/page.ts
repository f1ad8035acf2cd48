/**
 * The demo's page: says what it is, lists the products, names what there is to try.
 *
 * Shape   products -> HTML
 */

import { html } from 'hono/html';
import type { Product } from './catalogue.ts';

type Html = ReturnType<typeof html>;

export function indexPage(products: readonly Product[]): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Headrace demo origin</title>
<style>
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 40rem; margin: 2rem auto; padding: 0 1rem }
td { padding: 0 2rem 0 0 }
</style>
</head>
<body>
<h1>The demo origin</h1>
<p>This is no shop. It is a small server that <code>npm start</code> runs behind Headrace, so that there is something to
cache until you set <code>ORIGIN_URL</code> to your own. This page was made at ${new Date().toISOString()}: as long as
that time stands still, you are reading a stored copy.</p>
<table>
${products.map(productRow)}
</table>
<h2>To try</h2>
<ul>
<li><a href="/products">/products</a> and <code>GET</code> or <code>PUT /products/1</code>: stored for a minute, tagged
<code>products</code> and <code>product-1</code></li>
<li><a href="/account">/account</a>: private, never stored</li>
<li><a href="/clock">/clock</a>: one event a second, passed through as it comes</li>
<li><code>POST /echo</code>: streams back what it is sent</li>
</ul>
</body>
</html>`;
}

function productRow({ id, name, price }: Product): Html {
  return html`<tr><td><a href="/products/${id}">${name}</a></td><td>${price.toFixed(2)}</td></tr>
`;
}
