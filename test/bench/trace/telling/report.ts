/**
 * The report of a run: one page that needs nothing else, light and dark, to be read, kept and handed on.
 *
 * Shape   result, what was played, verdicts -> HTML
 */

import { type Figures, levelsOf } from '../measuring/figures.ts';
import { ascending } from '../measuring/percentile.ts';
import type { Block } from '../playing/blocks.ts';
import { hitChart, latencyChart, loadChart, type Pair } from './chart.ts';
import { STYLE } from './report-style.ts';
import { type Row, rowsOf } from './table.ts';

export interface Report {
  /** What was played, in a sentence. */
  readonly played: string;
  readonly at: Date;
  readonly direct: Figures;
  readonly edge: Figures;
  readonly blocks: readonly Block[];
  /** The most that any cache could hit. @default unknown */
  readonly limit?: number;
  /** What was found: bodies examined, bars held. */
  readonly verdicts: readonly string[];
}

export function formatReport(report: Report): string {
  const { played, at, direct, edge, verdicts } = report;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Headrace: before and after</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
<header><h1>Before and after</h1><p>${escaped(played)}</p><p class="soft">${at.toISOString().slice(0, 16).replace('T', ' ')} UTC</p></header>
<main>
<section><ul class="facts">${verdicts.map(verdict => `<li>${escaped(verdict)}</li>`).join('')}</ul></section>
<section><table><thead><tr><th></th><th><i class="direct"></i>origin alone</th><th><i class="edge"></i>through the edge</th><th></th></tr></thead>
<tbody>${rowsOf(direct, edge).map(rowOf).join('\n')}</tbody></table></section>
${charts(report)}
</main>
</body>
</html>
`;
}

function charts({ blocks, direct, edge, limit }: Report): string {
  const times = (side: keyof Block) =>
    ascending(blocks.flatMap(block => block[side].samples.map(({ tookMs }) => tookMs)));
  const levels = blocks.map(block => levelsOf(block.edge.samples) ?? { L1: 0, L2: 0 });
  const most =
    limit === undefined
      ? ''
      : ' The line is the most that a cache of endless memory could hit in all, if it showed every change at once.';
  return `<section><h2>Latency by percentile</h2>
<p class="soft">To the right the slower requests, upwards by factors of ten.</p>
${latencyChart([
  { name: 'direct', times: times('direct') },
  { name: 'edge', times: times('edge') },
])}</section>
<section><h2>Hits from a cold start</h2>
<p class="soft"><i class="edge"></i>memory <i class="second"></i>Redis.${most}</p>
${hitChart(levels, limit)}</section>
<section><h2>What is left of the load</h2>
${loadChart(loads(direct, edge))}</section>`;
}

function loads(direct: Figures, edge: Figures): readonly Pair[] {
  const pair = (name: string, of: (side: Figures) => number | undefined): readonly Pair[] => {
    const [before, after] = [of(direct), of(edge)];
    return before === undefined || after === undefined ? [] : [{ name, direct: before, edge: after }];
  };
  return [
    ...pair('Origin requests', side => side.originRequests),
    ...pair('Database queries', side => side.queries),
    ...pair('Bytes on the wire', side => side.wireBytes),
  ];
}

function rowOf({ name, direct, edge, gain }: Row): string {
  return `<tr><th>${escaped(name)}</th><td>${direct}</td><td>${edge}</td><td class="gain">${gain}</td></tr>`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
