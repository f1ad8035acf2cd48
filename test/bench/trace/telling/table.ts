/**
 * Before and after, side by side, as a person reads it in a terminal.
 *
 * Shape   Figures of both sides -> text
 */

import type { Figures } from '../measuring/figures.ts';
import { OUTCOMES } from '../measuring/outcome.ts';

export interface Row {
  readonly name: string;
  readonly direct: string;
  readonly edge: string;
  /** What the edge makes of it. */
  readonly gain: string;
}

export function rowsOf(direct: Figures, edge: Figures): readonly Row[] {
  const row = (
    name: string,
    format: (value: number) => string,
    of: (side: Figures) => number | undefined,
  ) => {
    const [before, after] = [of(direct), of(edge)];
    return { name, direct: formatted(before, format), edge: formatted(after, format), gain: '' };
  };
  const times = (found: Row, before: number, after: number): Row => ({
    ...found,
    gain: ratio(before, after),
  });
  return [
    times(
      row('p50', ms, side => side.p50Ms),
      direct.p50Ms,
      edge.p50Ms,
    ),
    times(
      row('p95', ms, side => side.p95Ms),
      direct.p95Ms,
      edge.p95Ms,
    ),
    times(
      row('p99', ms, side => side.p99Ms),
      direct.p99Ms,
      edge.p99Ms,
    ),
    times(
      row('requests/s', whole, side => side.perSecond),
      edge.perSecond,
      direct.perSecond,
    ),
    times(
      row('bytes on the wire', megabytes, side => side.wireBytes),
      direct.wireBytes,
      edge.wireBytes,
    ),
    times(
      row('origin requests', whole, side => side.originRequests),
      direct.originRequests,
      edge.originRequests,
    ),
    ...(direct.queries === undefined
      ? []
      : [
          times(
            row('database queries a request', small, queriesPerRequest),
            queriesPerRequest(direct) ?? 0,
            queriesPerRequest(edge) ?? 0,
          ),
        ]),
    row('hit ratio', percent, side => side.hitRatio),
    ...OUTCOMES.filter(level => (edge.levels?.[level] ?? 0) > 0).map(level =>
      row(`  ${level}`, percent, side => side.levels?.[level]),
    ),
    row('Redis trips a request', small, ({ redis, requests }) => redis && redis.trips / requests),
    row('Redis commands billed a request', small, ({ redis, requests }) => redis && redis.billed / requests),
  ];
}

export function formatRows(rows: readonly Row[]): string {
  const lines = [
    ['', 'origin alone', 'through the edge', ''],
    ...rows.map(({ name, direct, edge, gain }) => [name, direct, edge, gain]),
  ];
  const widths = [0, 1, 2, 3].map(at => Math.max(...lines.map(line => line[at]?.length ?? 0)));
  return lines
    .map(([name = '', ...cells]) =>
      [name.padEnd(widths[0] ?? 0), ...cells.map((cell, at) => cell.padStart(widths[at + 1] ?? 0))]
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function queriesPerRequest({ queries, requests }: Figures): number | undefined {
  return queries === undefined ? undefined : queries / requests;
}

function formatted(value: number | undefined, format: (value: number) => string): string {
  return value === undefined ? '–' : format(value);
}

function ratio(larger: number, smaller: number): string {
  if (smaller <= 0) return '';
  const times = larger / smaller;
  return `${times >= 10 ? times.toFixed(0) : times.toFixed(1)} ×`;
}

const ms = (value: number) => `${value.toFixed(value < 10 ? 2 : 1)} ms`;
const whole = (value: number) => Math.round(value).toLocaleString('en');
const small = (value: number) => value.toFixed(2);
const percent = (value: number) => `${(value * 100).toFixed(1)} %`;
const megabytes = (value: number) => `${(value / 1e6).toFixed(1)} MB`;
