/**
 * The gallery: the demo's pictures as the image function makes them, with what each format and width weighs beside the
 * original. The browser chooses what it shows, and weighs by itself.
 */

import { html, raw } from 'hono/html';
import { imageUrl } from '../../../../shared/images/url/image-url.ts';
import { pictureHtml } from '../../../../shared/images/url/picture.ts';
import { sizes } from '../../../../shared/images/url/srcset.ts';
import { ASSETS } from './assets.ts';
import { type Html, layout } from './layout.ts';

export interface Gallery {
  /** Where the edge serves pictures. */
  readonly path: string;
  /** Of the products that have one in the bucket, which are the first. */
  readonly pictures: number;
}

const WIDTHS = [320, 640, 1080] as const;
const FORMATS = [
  ['avif', 'AVIF'],
  ['webp', 'WebP'],
  ['jpeg', 'JPEG'],
] as const;
/** As the style lays them out. */
const SIZES = sizes([['(min-width: 52rem)', '34rem']], '100vw');

export function galleryPage(gallery: Gallery | undefined): Html {
  if (gallery === undefined) return layout({ title: 'Gallery' }, ABSENT);
  const numbers = Array.from({ length: gallery.pictures }, (_, at) => at + 1);
  return layout(
    { title: 'Gallery' },
    html`
<link rel="stylesheet" href="${ASSETS.galleryStyle.path}">
<h1>Before and after</h1>
<p class="soft">Each picture lies in a bucket once, as it was put there. What you see is what your browser chose from what the
image function offers; what that weighs, the page has weighed itself.</p>
<div class="gallery">${numbers.map(number => figure(number, gallery))}</div>
<script src="${ASSETS.galleryScript.path}" defer></script>`,
  );
}

const ABSENT = html`
<h1>Before and after</h1>
<p>There is no gallery here: it needs the stack's own bucket, and an edge that serves pictures without signatures and to
any options.</p>`;

function figure(number: number, { path: base }: Gallery): Html {
  const source = `products/${number}.jpg`;
  const alt = `Product ${number}`;
  const shown = pictureHtml(source, { alt, base, widths: WIDTHS, sizes: SIZES });
  return html`
<figure data-about="${imageUrl(source, { format: 'json' }, { base })}">
${raw(shown)}
<figcaption><p><strong>${alt}</strong> <span class="soft" data-original></span></p>
<p class="weight"><span data-bar></span></p>
<p class="small" role="status" data-shown></p>
<details><summary>Every format and width</summary>
<table class="small"><thead><tr><th scope="col">Width</th>${FORMATS.map(
    ([, name]) => html`<th scope="col">${name}</th>`,
  )}</tr></thead>
<tbody>${WIDTHS.map(width => row(width, source, base))}</tbody></table></details></figcaption></figure>`;
}

function row(width: number, source: string, base: string): Html {
  const cells = FORMATS.map(
    ([format]) => html`<td data-weigh="${imageUrl(source, { width, format }, { base })}">…</td>`,
  );
  return html`<tr><th scope="row">${width} px</th>${cells}</tr>`;
}
