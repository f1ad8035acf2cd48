/**
 * Finds the common values that a parameter stands for in many of a statement's calls: a generic plan takes the average value,
 * and where few values have most rows, what makes the calls for them dear is in no plan that it shows.
 *
 * Nobody counts which values are asked for. So half of the calls are taken to ask for one value as often as for another, and
 * half for values as often as rows have them: shoppers look at what many have bought. The rows that were returned may tell more
 * (share-calls.ts).
 *
 * Shape   (statement's tree, accesses, catalogue) -> [{ share of the calls, literals by the parameter's number }]
 * Cost    two values a statement at most, of the parameter that is skewed most; none where values are as common as each other
 * Source  PostgreSQL, var_eq_non_const in selfuncs.c
 */

import type { A_Expr, Node } from 'libpg-query';
import { quoteLiteral } from '../index-sql.ts';
import { arrayOf } from '../sql/array-text.ts';
import { columnRefOf, lastName, walk } from '../sql/tree.ts';
import { type LikelyRangesDeps, parameterOf } from './likely-ranges.ts';

export interface CommonValue {
  /** 0 to 1. */
  readonly share: number;
  readonly literals: ReadonlyMap<number, string>;
}

/** Half of the calls ask as rows lie. */
const ASKED_BY_ROWS = 0.5;
/** So many times the rows of an average value, and so many more: below it hardly any plan is another. */
const LEAST_RATIO = 5;
const LEAST_MORE_ROWS = 20;
/** A value that is larger than this is a document. */
const LONGEST_VALUE = 200;

export function commonValues(statements: readonly Node[], deps: LikelyRangesDeps): readonly CommonValue[] {
  const skews: Skew[] = [];
  walk(statements, node => {
    const skew = 'A_Expr' in node ? skewOf(node.A_Expr, deps) : undefined;
    if (skew) skews.push(skew);
    return true;
  });
  const [most] = skews.toSorted((left, right) => right.mostRows - left.mostRows);
  return most ? halvesOf(most.values).map(half => variantOf(most.parameter, half)) : [];
}

interface Skew {
  readonly parameter: number;
  readonly mostRows: number;
  /** Most common first. */
  readonly values: readonly Common[];
}

interface Common {
  readonly value: string;
  /** Of the rows. */
  readonly share: number;
}

function skewOf({ kind, name, lexpr, rexpr }: A_Expr, deps: LikelyRangesDeps): Skew | undefined {
  if (kind !== 'AEXPR_OP' || lastName(name) !== '=') return undefined;
  const ref = columnRefOf(lexpr) ?? columnRefOf(rexpr);
  const parameter = parameterOf(columnRefOf(lexpr) ? rexpr : lexpr);
  if (!ref || parameter === undefined) return undefined;
  const column = lastName(ref.fields);
  const [relation, ...others] = soughtIn(column, deps);
  if (!relation || others.length > 0) return undefined;
  const statistics = deps.catalogue.statistics(relation, column);
  if (!statistics || statistics.distinct === 0) return undefined;
  const { distinct, nullFraction, mostCommonValues = '{}', mostCommonFrequencies = [] } = statistics;
  const rows = Math.max(0, relation.rows);
  const average = (1 - nullFraction) / (distinct > 0 ? distinct : Math.max(1, -distinct * rows));
  const texts = arrayOf(mostCommonValues);
  const values = mostCommonFrequencies
    .map((share, at) => ({ share, value: texts[at] ?? '' }))
    .filter(({ share }) => share >= LEAST_RATIO * average && (share - average) * rows >= LEAST_MORE_ROWS)
    .filter(({ value }) => value !== '' && value.length <= LONGEST_VALUE);
  const mostRows = (values[0]?.share ?? 0) * rows;
  return values.length > 0 ? { parameter, mostRows, values } : undefined;
}

/** Every relation whose rows a column of this name is compared in. */
function soughtIn(column: string, { accesses }: LikelyRangesDeps) {
  return accesses.flatMap(({ relation, filters, arms }) =>
    [...filters, ...arms.flat()]
      .filter(({ key, comparison }) => comparison === 'equality' && key.column === column)
      .map(() => relation),
  );
}

/** The more and the less common ones, with as many rows each. */
function halvesOf(values: readonly Common[]): readonly (readonly Common[])[] {
  const middle = rowsOf(values) / 2;
  const end = values.findIndex((_, at) => rowsOf(values.slice(0, at + 1)) >= middle);
  return [values.slice(0, end + 1), values.slice(end + 1)].filter(half => half.length > 0);
}

const rowsOf = (values: readonly Common[]): number => values.reduce((sum, { share }) => sum + share, 0);

/** Judged by the value that has as many rows as the calls for this half find on average. */
function variantOf(parameter: number, half: readonly Common[]): CommonValue {
  const mean = half.reduce((sum, { share }) => sum + share * share, 0) / rowsOf(half);
  const [typical] = half.toSorted((a, b) => Math.abs(a.share - mean) - Math.abs(b.share - mean));
  const literal = quoteLiteral(typical?.value ?? '');
  return { share: ASKED_BY_ROWS * rowsOf(half), literals: new Map([[parameter, literal]]) };
}
