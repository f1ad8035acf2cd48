/**
 * BRIN where rows lie in the order of a column: a thousandth of a B-tree's size, for ranges over large tables.
 *
 * Shape   Access -> definitions
 * Source  PostgreSQL, 65.5 BRIN
 */

import type { IndexDefinition } from '../planner.ts';
import type { Access } from '../sql/access.ts';
import { type FactsDeps, isOrdered } from './column-facts.ts';

/** Below it, blocks of 128 pages are too few to leave most of them out. */
const FEWEST_PAGES = 2_000;
const LEAST_CORRELATION = 0.9;

export function brinCandidates(
  { relation, filters }: Access,
  { catalogue }: FactsDeps,
): readonly IndexDefinition[] {
  if (relation.pages < FEWEST_PAGES) return [];
  return filters
    .filter(({ comparison }) => ['range', 'equality', 'in'].includes(comparison))
    .flatMap(({ key }) => (key.column !== undefined && isOrdered(relation, key) ? [key.column] : []))
    .filter(column => {
      const correlation = catalogue.statistics(relation, column)?.correlation ?? 0;
      return Math.abs(correlation) >= LEAST_CORRELATION;
    })
    .map(column => ({
      table: { schema: relation.schema, name: relation.name },
      method: 'brin' as const,
      keys: [{ column, expression: undefined, operatorClass: undefined, isDescending: false }],
      included: [],
      predicate: undefined,
    }));
}
