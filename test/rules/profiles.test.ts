/**
 * The table of profiles in ARCHITECTURE.md, held to the code row by row.
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type CachePolicy, PROFILES } from '../../shared/http/policy.ts';
import { parseMarkdown } from './markdown.ts';
import { ROOT } from './modules.ts';

const NAMES = ['safe', 'strict', 'static'] as const;
const yes = (holds: boolean) => (holds ? 'yes' : 'no');
const DAY = 86_400;

function duration(seconds: number): string {
  if (seconds === 0) return 'none';
  if (!Number.isFinite(seconds)) return 'no bound';
  if (seconds % DAY === 0) return `${seconds / DAY} d`;
  return seconds % 3_600 === 0 ? `${seconds / 3_600} h` : `${seconds} s`;
}

/** What each row says, for every choice that a policy has; null: said by routes, not by profiles. */
const ROWS: Record<
  keyof CachePolicy,
  readonly [title: string, cell: (policy: CachePolicy) => string] | null
> = {
  honourRequestDirectives: [
    'a request’s no-cache, max-age, min-fresh, max-stale, only-if-cached',
    policy => (policy.honourRequestDirectives ? 'obeyed' : 'ignored'),
  ],
  heuristicRatio: [
    'no lifetime said: share of the time since Last-Modified',
    ({ heuristicRatio }) => `${heuristicRatio * 100} %`,
  ],
  heuristicMaxSeconds: ['…at most', ({ heuristicMaxSeconds }) => duration(heuristicMaxSeconds)],
  heuristicErrors: ['…also for 404, 405, 410, 414, 501', ({ heuristicErrors }) => yes(heuristicErrors)],
  errorTtlMaxSeconds: [
    'a lifetime said for a status of 400 and above: at most',
    policy => duration(policy.errorTtlMaxSeconds),
  ],
  neverStoreStatuses: [
    'statuses never stored',
    ({ neverStoreStatuses }) => neverStoreStatuses.join(', ') || 'none',
  ],
  credentials: [
    'a request with Cookie is shared',
    ({ credentials }) => (credentials === 'explicit' ? 'if the response says so' : 'yes'),
  ],
  staleWhileRevalidateSeconds: [
    'stale-while-revalidate, where the response has none',
    policy => duration(policy.staleWhileRevalidateSeconds),
  ],
  staleIfErrorSeconds: [
    'stale-if-error, where the response has none',
    policy => duration(policy.staleIfErrorSeconds),
  ],
  staleDirectivesWin: [
    'its own stale-while-revalidate and stale-if-error win over must-revalidate, proxy-revalidate, s-maxage',
    ({ staleDirectivesWin }) => yes(staleDirectivesWin),
  ],
  keepSeconds: ['kept to be revalidated, after its life', ({ keepSeconds }) => duration(keepSeconds)],
  hashedLifetimes: [
    'files with a hash in their name',
    ({ hashedLifetimes = [] }) => {
      const [first, last] = [hashedLifetimes[0]?.[1], hashedLifetimes.at(-1)?.[1]];
      return first && last ? `${duration(first)} to ${duration(last)}, by type` : 'as said';
    },
  ],
  ttlSeconds: null,
  stale: null,
};

const TABLE = [
  ['what is decided', ...NAMES],
  ...Object.values(ROWS)
    .filter(row => row !== null)
    .map(([title, cell]) => [title, ...NAMES.map(name => cell(PROFILES[name]))]),
];

const { tables } = parseMarkdown(readFileSync(join(ROOT, 'ARCHITECTURE.md'), 'utf8'));

it('says of every profile what the code does', () => {
  const found = tables.filter(([header]) => header?.slice(1).join() === NAMES.join());
  for (const table of found) expect(table).toEqual(TABLE);
});

it('leaves out no choice', () => {
  const chosen = NAMES.flatMap(name => Object.keys(PROFILES[name]));
  expect([...new Set(chosen)].filter(choice => ROWS[choice as keyof CachePolicy] === null)).toEqual([]);
});
