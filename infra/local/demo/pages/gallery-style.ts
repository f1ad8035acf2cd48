/**
 * How the gallery looks, on top of the shop's own sheet and in its colours.
 */

export const GALLERY_STYLE = `.gallery { display: grid; gap: 2rem; grid-template-columns: minmax(0, 1fr); margin: 2rem 0 }
.gallery figure { margin: 0; background: var(--card); border: 1px solid var(--line); border-radius: 18px; overflow: hidden }
.gallery img { display: block; width: 100%; height: auto; aspect-ratio: 4 / 3; object-fit: cover; background: var(--shade, var(--line)) }
.gallery figcaption { padding: 1rem 1.2rem 1.2rem }
.gallery p { margin: .3rem 0 }
.weight { height: .5rem; border-radius: 99px; background: var(--line); overflow: hidden }
.weight span { display: block; height: 100%; width: 0; border-radius: 99px; background: var(--accent); transition: width .6s ease }
.gallery summary { cursor: pointer; font-size: .875rem; color: var(--soft); padding: .3rem 0 }
.gallery th { text-align: left; font-weight: 600; padding: .35rem .5rem .35rem 0 }
.gallery tbody th { border-bottom: 1px solid var(--line) }
.gallery th + th, .gallery td { text-align: right; padding-right: 0; font-variant-numeric: tabular-nums }
@media (min-width: 52rem) { .gallery { grid-template-columns: 1fr 1fr } }
@media (prefers-reduced-motion: reduce) { .weight span { transition: none } }
`;
