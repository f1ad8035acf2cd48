/**
 * What a person reads once everything runs: a table of the parts, three requests to try, the dashboard to open, the last
 * line that says ready.
 *
 * Shape   plain data -> text
 */

export interface Row {
  readonly part: string;
  /** May hold a password, which is not printed. */
  readonly address: string;
  readonly pid: number | null;
  readonly kind: 'embedded' | 'demo' | 'yours';
}

export function formatTable(rows: readonly Row[]): string {
  const cells = [
    ['part', 'address', 'process', ''],
    ...rows.map(row => [row.part, withoutPassword(row.address), processOf(row), row.kind]),
  ];
  const widths = [0, 1, 2].map(column => Math.max(...cells.map(line => line[column]?.length ?? 0)));
  return cells
    .map(line => `  ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd())
    .join('\n');
}

function processOf({ pid, kind }: Row): string {
  if (kind === 'yours') return '-';
  return pid === null ? 'launcher' : `pid ${pid}`;
}

function withoutPassword(address: string): string {
  if (!URL.canParse(address)) return address;
  const url = new URL(address);
  if (!url.password) return address;
  url.password = '';
  return url.href;
}

export interface Trial {
  readonly edge: string;
  readonly base: string;
  /** As it stands in the command: the token itself, or the name of the shell variable that holds it. */
  readonly token: string;
  /** The demo is asked by tag; of another origin only its first page is known. */
  readonly demo: boolean;
}

export function formatTrial({ edge, base, token, demo }: Trial): string {
  const page = `curl -i ${edge}${demo ? '/products/1' : '/'}`;
  const selector = demo ? '{"tags":["product-1"]}' : '{"urls":["/"]}';
  const purge = `curl -i ${edge}${base}/api/admin/cache/purge -H "Authorization: Bearer ${token}" -H "Content-Type: application/json" -d '${selector}'`;
  const again = demo ? 'a hit' : 'a hit, if your origin allows storing';
  return [
    'Try',
    `  ${page}    # a miss at first: see Cache-Status`,
    `  ${page}    # ${again}`,
    `  ${purge}    # purged`,
    'Open',
    `  ${edge}${base}/dashboard    # the figures, live; it asks for the admin token`,
  ].join('\n');
}
