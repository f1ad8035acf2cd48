/**
 * How the demo looks: one sheet, light and dark by the visitor's own choice.
 */

export const STYLE = `:root {
  color-scheme: light dark;
  --paper: light-dark(#faf7f1, #15191a);
  --card: light-dark(#ffffff, #1e2425);
  --ink: light-dark(#20261f, #e9e6de);
  --soft: light-dark(#646a60, #a3a89e);
  --line: light-dark(#e4ded2, #30383a);
  --accent: light-dark(#1c6b62, #6fc7b8);
  --on-accent: light-dark(#ffffff, #0e1514);
}
* { box-sizing: border-box }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.6 ui-sans-serif, system-ui, sans-serif }
h1, h2, h3, .brand { font-family: ui-serif, Georgia, 'Times New Roman', serif; font-weight: 600; line-height: 1.2; text-wrap: balance }
h1 { font-size: clamp(1.8rem, 4vw, 2.6rem); margin: .3em 0 }
h2 { font-size: 1.35rem; margin: 2.2em 0 .8em }
a { color: inherit; text-decoration-color: var(--line); text-underline-offset: .2em }
a:hover { text-decoration-color: var(--accent) }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px }
.wide { max-width: 72rem; margin: 0 auto; padding: 0 1.25rem }
.top { border-bottom: 1px solid var(--line) }
.top .wide { display: flex; flex-wrap: wrap; gap: .6rem 1.5rem; align-items: center; padding-block: .9rem }
.brand { font-size: 1.3rem; text-decoration: none; margin-right: auto }
.brand span { color: var(--accent) }
input, textarea, select, button { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: .5rem .7rem }
button { background: var(--accent); color: var(--on-accent); border-color: transparent; cursor: pointer; padding-inline: 1rem }
button:hover { filter: brightness(1.08) }
.soft { color: var(--soft) }
.small { font-size: .875rem }
.row { display: flex; flex-wrap: wrap; gap: .5rem .9rem; align-items: center }
.chip { border: 1px solid var(--line); border-radius: 99px; padding: .15rem .8rem; text-decoration: none; font-size: .9rem }
.chip[aria-current] { background: var(--accent); color: var(--on-accent); border-color: transparent }
.grid { display: grid; grid-template-columns: repeat(auto-fill, minmax(max(9.5rem, 22%), 1fr)); gap: 1.1rem; padding: 0; list-style: none }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 14px; overflow: hidden; height: 100%; display: flex; flex-direction: column }
.card a { text-decoration: none; display: contents }
.card img { width: 100%; height: auto; aspect-ratio: 4 / 3; object-fit: cover; background: var(--line) }
.card div { padding: .8rem 1rem 1rem }
.card strong { display: block; font-weight: 600 }
.price { font-variant-numeric: tabular-nums; font-weight: 600 }
.rooms { display: grid; grid-template-columns: repeat(auto-fill, minmax(14rem, 1fr)); gap: 1.4rem }
.rooms h3 { margin: 0 0 .3rem }
.rooms ul { margin: 0; padding: 0; list-style: none }
.product { display: grid; gap: 2rem; grid-template-columns: minmax(0, 1fr); margin-top: 1.5rem }
.product > img { width: 100%; height: auto; border-radius: 18px; background: var(--line) }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .3rem 1.2rem; margin: 1.2rem 0 }
dt { color: var(--soft) }
dd { margin: 0 }
.panel { background: var(--card); border: 1px solid var(--line); border-radius: 14px; padding: 1rem 1.2rem; margin: 0 0 1rem }
.panel h3 { margin: 0 0 .2rem; font-size: 1.05rem }
.panel p { margin: .3rem 0 }
.stars { color: var(--accent); letter-spacing: .08em }
form.stack { display: grid; gap: .7rem; max-width: 34rem }
form.stack label { display: grid; gap: .25rem }
table { border-collapse: collapse; width: 100% }
td { padding: .35rem .5rem .35rem 0; border-bottom: 1px solid var(--line) }
td:last-child { text-align: right; font-variant-numeric: tabular-nums }
footer { border-top: 1px solid var(--line); margin-top: 4rem; padding-block: 1.4rem 2.5rem }
#served:empty { display: none }
#served { display: inline-block; border-radius: 99px; padding: .2rem .9rem; border: 1px solid var(--line) }
#served[data-by=cache] { border-color: var(--accent); color: var(--accent) }
@media (max-width: 32rem) { .top form { order: 1; width: 100% } .top input { width: 100% } .card div { padding: .6rem .8rem .8rem } }
@media (min-width: 52rem) { .product { grid-template-columns: 1.1fr 1fr } }
`;
