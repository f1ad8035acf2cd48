/**
 * One row of the report: what was measured, what was asked, what came of it, and whether that holds.
 *
 * Shape   Row[] -> a table in Markdown
 */

export interface Row {
  readonly what: string;
  readonly bar: string;
  readonly ours: string;
  readonly peers: string;
  readonly held: boolean;
}

export function formatTable(rows: readonly Row[]): string {
  const cells = rows.map(({ what, bar, ours, peers, held }) => [
    what,
    bar,
    ours,
    peers,
    held ? 'held' : '**MISSED**',
  ]);
  const head = ['', 'ours must be', 'ours', 'peers in this run', ''];
  return [head, head.map(() => '---'), ...cells].map(row => `| ${row.join(' | ')} |`).join('\n');
}

export const us = (value: number): string => `${value.toFixed(1)} µs`;
export const times = (value: number): string => `${value.toFixed(2)} ×`;
