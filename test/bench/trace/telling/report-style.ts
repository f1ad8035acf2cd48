/**
 * How the report looks, light and dark by the reader's own choice.
 */

export const STYLE = `:root { color-scheme: light dark; --paper: light-dark(#f7f8f8, #14181b); --card: light-dark(#fff, #1c2226);
--ink: light-dark(#1d2327, #e6e9ea); --soft: light-dark(#667078, #97a2a9); --line: light-dark(#e1e5e7, #2e363b);
--direct: light-dark(#b4562f, #e08a5e); --edge: light-dark(#14786c, #4fc3b0); --second: light-dark(#8ccfc4, #2b6f66) }
* { box-sizing: border-box }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.55 ui-sans-serif, system-ui, sans-serif }
header, main { max-width: 46rem; margin: 0 auto; padding: 1rem 1.25rem }
header { padding-top: 2.5rem }
h1 { font-size: 2rem; margin: 0 } h2 { font-size: 1.1rem; margin: 0 0 .3rem }
p { margin: .3rem 0 } .soft { color: var(--soft) }
section { background: var(--card); border: 1px solid var(--line); border-radius: 14px; padding: 1.1rem 1.3rem; margin-bottom: 1.1rem; overflow-x: auto }
.facts { margin: 0; padding-left: 1.1rem }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums }
th { font-weight: 500; text-align: left; white-space: pre-wrap } thead th { color: var(--soft); text-align: right }
td { text-align: right } td, th { padding: .3rem .5rem; border-top: 1px solid var(--line) } thead th { border: 0 }
.gain { color: var(--edge); font-weight: 600; white-space: nowrap }
i { display: inline-block; width: .7em; height: .7em; border-radius: 3px; margin: 0 .35em }
i.direct { background: var(--direct) } i.edge { background: var(--edge) } i.second { background: var(--second) }
svg { width: 100%; height: auto; display: block; margin-top: .6rem }
text { fill: var(--soft); font-size: 12px } .end { text-anchor: end } .middle { text-anchor: middle }
.grid { stroke: var(--line) } .limit { stroke: var(--ink); stroke-dasharray: 4 4 }
polyline { fill: none; stroke-width: 2.5; stroke-linejoin: round }
@media (max-width: 34rem) { section { padding: .9rem .8rem } td, th { padding: .3rem .25rem; font-size: .9rem } text { font-size: 20px } }
polyline.direct { stroke: var(--direct) } polyline.edge { stroke: var(--edge) }
polygon.edge, rect.edge { fill: var(--edge) } polygon.second { fill: var(--second) } rect.direct { fill: var(--direct) }
`;
