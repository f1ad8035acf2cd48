/**
 * The report's charts, as SVG that takes its colours from the page.
 *
 * Shape   series -> text; coordinates are in the units of the drawing
 */

import { percentile } from '../measuring/percentile.ts';

const WIDTH = 640;
const HEIGHT = 300;
const LEFT = 64;
const RIGHT = 16;
const TOP = 16;
const BOTTOM = 40;

export interface Series {
  readonly name: 'direct' | 'edge';
  /** Milliseconds, ascending. */
  readonly times: Float64Array;
}

/** How far each percentile goes to the right: every nine as far as the one before. */
const nines = (share: number) => -Math.log10(1 - share);
const SHARES = [0, 0.5, 0.9, 0.99, 0.999] as const;
const STEPS = 120;

/** Latency by percentile, upwards by factors of ten. */
export function latencyChart(series: readonly Series[]): string {
  const all = series.flatMap(({ times }) => [times[0] ?? 1, times.at(-1) ?? 1]);
  const [low, high] = [
    Math.floor(Math.log10(Math.max(0.01, Math.min(...all)))),
    Math.ceil(Math.log10(Math.max(...all))),
  ];
  const x = scale(0, nines(0.999), LEFT, WIDTH - RIGHT);
  const y = scale(low, Math.max(low + 1, high), HEIGHT - BOTTOM, TOP);
  const lines = series.map(({ name, times }) => {
    const points = Array.from({ length: STEPS + 1 }, (_, step) => {
      const share = 1 - 10 ** -((step / STEPS) * nines(0.999));
      return `${x(nines(share))},${y(Math.log10(Math.max(0.01, percentile(times, share))))}`;
    });
    return `<polyline class="${name}" points="${points.join(' ')}"/>`;
  });
  const rows = range(low, Math.max(low + 1, high)).map(power => tickY(y(power), duration(10 ** power)));
  const columns = SHARES.map(share =>
    tickX(x(nines(share)), share === 0 ? 'least' : `p${round(share * 100)}`),
  );
  return drawing('Latency by percentile', [...rows, ...columns, ...lines]);
}

export interface Levels {
  readonly L1: number;
  readonly L2: number;
}

/** Block by block, what the levels answered, one above the other; the line is the most that any cache could. */
export function hitChart(blocks: readonly Levels[], limit: number | undefined): string {
  const x = scale(0, Math.max(1, blocks.length - 1), LEFT, WIDTH - RIGHT);
  const y = scale(0, 1, HEIGHT - BOTTOM, TOP);
  const area = (name: string, from: (levels: Levels) => number, to: (levels: Levels) => number) => {
    const upper = blocks.map((levels, at) => `${x(at)},${y(to(levels))}`);
    const lower = blocks.map((levels, at) => `${x(at)},${y(from(levels))}`).reverse();
    return `<polygon class="${name}" points="${[...upper, ...lower].join(' ')}"/>`;
  };
  const rows = [0, 0.25, 0.5, 0.75, 1].map(share => tickY(y(share), `${share * 100} %`));
  const last =
    limit === undefined
      ? []
      : [`<line class="limit" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(limit)}" y2="${y(limit)}"/>`];
  return drawing('Hit ratio from a cold start', [
    ...rows,
    tickX(x(0), 'cold'),
    tickX(x(blocks.length - 1), 'end'),
    area(
      'edge',
      () => 0,
      ({ L1 }) => L1,
    ),
    area(
      'second',
      ({ L1 }) => L1,
      ({ L1, L2 }) => L1 + L2,
    ),
    ...last,
  ]);
}

export interface Pair {
  readonly name: string;
  readonly direct: number;
  readonly edge: number;
}

const BAR = 18;

/** What is left of each load, of the origin alone as the whole. */
export function loadChart(pairs: readonly Pair[]): string {
  const height = pairs.length * 76;
  const bars = pairs.map(({ name, direct, edge }, at) => {
    const top = at * 76 + 8;
    const width = (value: number) =>
      round((WIDTH - RIGHT) * (direct === 0 ? 0 : Math.min(1, value / direct)));
    const left = direct === 0 ? '' : ` · ${round((100 * edge) / direct)} % is left`;
    return `<text x="0" y="${top + 12}">${name}${left}</text>
<rect class="direct" x="0" y="${top + 20}" width="${width(direct)}" height="${BAR}" rx="4"/>
<rect class="edge" x="0" y="${top + 22 + BAR}" width="${width(edge)}" height="${BAR}" rx="4"/>`;
  });
  return `<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="Load">${bars.join('\n')}</svg>`;
}

function drawing(label: string, parts: readonly string[]): string {
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${label}">${parts.join('\n')}</svg>`;
}

function tickY(y: number, label: string): string {
  return `<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y}" y2="${y}"/><text class="end" x="${LEFT - 8}" y="${y + 4}">${label}</text>`;
}

function tickX(x: number, label: string): string {
  return `<text class="middle" x="${x}" y="${HEIGHT - BOTTOM + 22}">${label}</text>`;
}

function scale(fromLow: number, fromHigh: number, toLow: number, toHigh: number): (value: number) => number {
  return value => round(toLow + ((value - fromLow) / (fromHigh - fromLow)) * (toHigh - toLow));
}

function range(low: number, high: number): readonly number[] {
  return Array.from({ length: high - low + 1 }, (_, at) => low + at);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function duration(ms: number): string {
  return ms < 1_000 ? `${ms} ms` : `${ms / 1_000} s`;
}
