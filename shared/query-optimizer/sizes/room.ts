/**
 * What is left free of a budget because the twin's sizes are a model's: so much larger an index may come out than it says.
 *
 * Shape   (definition, bytes by the model) -> bytes to keep for it
 * Source  measured beside really built indexes of TPC-H's shape, a rented application and a shop (`npm run bench:advice`)
 */

import type { IndexDefinition } from '../planner.ts';

/** As shares of what the model says. */
export const SIZE_ERRORS = {
  /** Of a B-tree on one column; of several, whose combinations are foretold from each alone. */
  column: 0.035,
  columns: 0.04,
  /** Its rows are the planner's guess. */
  predicate: 0.04,
  expression: 0.1,
  hash: 0.08,
  /** What GIN and GiST keep of a value is foretold from a sample of its elements. */
  elements: 0.15,
} as const;

export const roomFor = (index: IndexDefinition, bytes: number): number => bytes * (1 + errorOf(index));

function errorOf({ method, keys, included, predicate }: IndexDefinition): number {
  if (method === 'brin') return 0;
  if (method === 'gin' || method === 'gist') return SIZE_ERRORS.elements;
  if (method === 'hash') return SIZE_ERRORS.hash;
  const isOfExpression = keys.some(({ expression }) => expression !== undefined);
  const several = keys.length + included.length > 1 ? SIZE_ERRORS.columns : SIZE_ERRORS.column;
  const columns = isOfExpression ? SIZE_ERRORS.expression : several;
  return columns + (predicate === undefined ? 0 : SIZE_ERRORS.predicate);
}
