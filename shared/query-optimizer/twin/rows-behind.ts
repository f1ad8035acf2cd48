/**
 * How many rows a partial index is taken to hold, which decides its size.
 *
 * Shape   (rows of the table, rows that the planner expects behind the predicate, how many columns that has) -> rows
 */

/** What the planner takes of two columns that are compared, of which nobody measured anything (DEFAULT_INEQ_SEL). */
const GUESSED_SHARE = 1 / 3;
/** As well as a third two thirds may come through, and the budget must hold. */
const CAUTIOUS_SHARE = 2 / 3;

export function rowsBehind(all: number, expected: number | undefined, columns: number): number {
  if (expected === undefined) return all;
  const isGuess = columns > 1 && Math.abs(expected - GUESSED_SHARE * all) <= 1;
  return Math.min(all, isGuess ? CAUTIOUS_SHARE * all : expected);
}
