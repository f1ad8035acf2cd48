/** Figures as people read them, and texts that cannot break a table. */

const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'];

export function sizeWords(bytes: number, unit = 0): string {
  if (bytes >= 1024 && unit < UNITS.length - 1) return sizeWords(bytes / 1024, unit + 1);
  return `${unit === 0 || bytes >= 100 ? Math.round(bytes) : bytes.toFixed(1)} ${UNITS[unit]}`;
}

export function costWords(cost: number): string {
  return cost >= 100 ? Math.round(cost).toLocaleString('en-US') : cost.toFixed(1);
}

/** `1 statement`, `2 statements`. */
export const countWords = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en-US', { maximumFractionDigits: 0 })} ${count === 1 ? one : many}`;

export const wholeWords = (count: number): string => Math.round(count).toLocaleString('en-US');

export function percent(ratio: number): string {
  const value = 100 * ratio;
  return `${Math.abs(value) >= 10 ? Math.round(value) : value.toFixed(1)} %`;
}

/** Within a cell: one line, no bar, nothing that Markdown would read as its own. */
export function cell(text: string, most = 120): string {
  const line = text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim();
  const short = line.length > most ? `${line.slice(0, most - 1)}…` : line;
  return short.replaceAll(/[\\|<>`*_[\]]/g, sign => `\\${sign}`);
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Longer than any fence in it. */
export function codeBlock(sql: string): string {
  const longest = Math.max(2, ...[...sql.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}sql\n${sql}\n${fence}`;
}
