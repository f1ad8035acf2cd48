/**
 * Says when an extension that is not there would allow an index: pieces of text are searched, and pg_trgm is missing.
 *
 * Shape   (items, Server) -> notes
 */

import type { Gap, Server } from '../snapshot.ts';
import { totalBefore, type WorkloadItem } from '../workload/open-workload.ts';
import { percent } from './words.ts';

const LEAST_SHARE = 0.01;

export function trigramNote(items: readonly WorkloadItem[], { extensions }: Server): readonly Gap[] {
  if (extensions.some(({ name }) => name === 'pg_trgm')) return [];
  const share = totalBefore(items.filter(searchesText)) / Math.max(1, totalBefore(items));
  if (share < LEAST_SHARE) return [];
  return [
    {
      part: 'text search',
      why: `Statements that look for pieces of text (LIKE '%…%', ILIKE, ~) are ${percent(share)} of the cost, and no B-tree can answer them.`,
      remedy: 'CREATE EXTENSION pg_trgm, then run this again: it can propose an index for them.',
    },
  ];
}

function searchesText({ accesses }: WorkloadItem): boolean {
  return accesses.some(({ filters, arms }) =>
    [...filters, ...arms.flat()].some(({ comparison }) => comparison === 'pattern'),
  );
}
