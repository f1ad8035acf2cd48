/**
 * How many different values a column has, by what ANALYZE said of a sample of it.
 *
 * ANALYZE foretells rightly where each value has as many rows as any other. Where chance decides which rows have which value, it
 * foretells up to a fifth too few, since values with many rows are seen sooner. An index of such a column would be larger
 * than its budget, so this looks for the number of values of which ANALYZE would have said what it did.
 *
 * Shape   (what ANALYZE said, rows, sampled rows) -> values, never fewer
 * Source  PostgreSQL, compute_scalar_stats: Haas and Stokes, "Estimating the Number of Classes in a Finite Population" (Duj1)
 */

const MOST_STEPS = 50;
/** Of the rows; beyond it nearly every row has a value of its own. */
const MOST_POSSIBLE = 1_000;

export function distinctBehind(foretold: number, rows: number, sampled: number): number {
  if (rows <= sampled || foretold <= 1 || foretold >= rows) return foretold;
  let [few, many] = [foretold, rows * MOST_POSSIBLE];
  for (let step = 0; step < MOST_STEPS; step++) {
    const possible = Math.sqrt(few * many);
    if (foretoldOf(possible, rows, sampled) < foretold) few = possible;
    else many = possible;
  }
  return Math.min(rows, Math.max(foretold, met(many, rows)));
}

/** Of so many possible values, as many as so many rows meet by chance. */
const met = (possible: number, rows: number): number => -possible * Math.expm1(-rows / possible);

function foretoldOf(possible: number, rows: number, sampled: number): number {
  const once = sampled * Math.exp(-sampled / possible);
  return (sampled * met(possible, sampled)) / (sampled - once + (once * sampled) / rows);
}
