/**
 * What all pages of the demo have in common: head, the bar at the top, the foot that says who made the page.
 */

import { html } from 'hono/html';
import { ASSETS } from './assets.ts';

export type Html = ReturnType<typeof html>;

export interface Layout {
  readonly title: string;
  /** What stands in the search field. @default nothing */
  readonly words?: string | undefined;
}

export function layout({ title, words = '' }: Layout, content: Html): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Millrace</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${ASSETS.style.path}">
<script src="${ASSETS.script.path}" defer></script>
</head>
<body>
<header class="top"><div class="wide">
<a class="brand" href="/">Mill<span>race</span></a>
<form class="row" action="/search" role="search">
<input type="search" name="q" value="${words}" maxlength="60" placeholder="Search 50,000 things" aria-label="Search">
</form>
<a href="/account">Account</a>
</div></header>
<main class="wide">${content}</main>
<footer><div class="wide small soft">
<p id="served"></p>
<p>Millrace sells nothing. It is the demo that <code>npm start</code> runs behind Headrace, until you set
<code>ORIGIN_URL</code> to your own. <a href="/gallery">Its pictures, before and after</a></p>
</div></footer>
</body>
</html>`;
}
