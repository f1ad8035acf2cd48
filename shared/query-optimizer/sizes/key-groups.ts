/**
 * How the rows of an index are shared out among its keys: the common values by their shares, the rest as chance would have it.
 *
 * Shape   IndexShape -> [{ keys, rowsEach }]
 */

import type { IndexShape } from './index-shape.ts';

export interface KeyGroup {
  readonly keys: number;
  readonly rowsEach: number;
  /** Of rows without a value, whose entries are shorter than those of others. */
  readonly isNull?: boolean;
}

/** The common values of a single key by their shares, all the rest as if each had as many rows as the others. */
export function keyGroups(shape: IndexShape): readonly KeyGroup[] {
  const [first] = shape.columns;
  const nulls = shape.columns.length === 1 && first ? first.nullFraction * shape.rows : 0;
  const common = shape.columns.length === 1 && first ? first.commonShares : [];
  const rows = Math.max(0, shape.rows * (1 - common.reduce((sum, share) => sum + share, 0)) - nulls);
  const keys = Math.max(1, distinctKeys(shape) - common.length);
  return [
    ...(nulls >= 1 ? [{ keys: 1, rowsEach: nulls, isNull: true }] : []),
    ...common.map(share => ({ keys: 1, rowsEach: share * shape.rows })),
    ...(rows >= 1 ? spread(rows, keys) : []),
  ].filter(({ rowsEach }) => rowsEach > 0);
}

/**
 * Not every key has as many rows as the others: where there are few rows a key, chance gives some of them one and others
 * many. The counts are Poisson's without its zeros, since a key without a row is none.
 */
function spread(rows: number, keys: number): readonly KeyGroup[] {
  const mean = rows / keys;
  if (mean <= 1.001) return [{ keys: rows, rowsEach: 1 }];
  if (mean >= EVEN_MEAN) return [{ keys, rowsEach: mean }];
  const rate = rateOf(mean);
  let share = 1 / Math.expm1(rate);
  return Array.from({ length: MOST_BY_CHANCE }, (_, at) => {
    share *= rate / (at + 1);
    return { keys: keys * share, rowsEach: at + 1 };
  });
}

/** From here on keys have about as many rows as each other. */
const EVEN_MEAN = 8;
/** More rows than this no key has by chance. */
const MOST_BY_CHANCE = 40;

/** The rate whose counts have this mean when zeros are left out, by Newton from above: rate / (1 - e^-rate) = mean. */
function rateOf(mean: number): number {
  let rate = mean;
  for (let step = 0; step < 20; step += 1) {
    const some = -Math.expm1(-rate);
    const slope = (some - rate * (1 - some)) / some ** 2;
    rate = Math.max(rate - (rate / some - mean) / slope, 1e-6);
  }
  return rate;
}

/** Of one column as measured. Of several, as many of the possible combinations as so many rows meet by chance. */
function distinctKeys({ columns, rows, tableRows, mostKeys = Number.POSITIVE_INFINITY }: IndexShape): number {
  const counts = columns.map(({ distinct, nullFraction }) =>
    metBehind(distinct + (nullFraction > 0 ? 1 : 0), { rows, tableRows }),
  );
  const most = Math.max(1, ...counts);
  if (columns.length === 1) return Math.min(rows, most);
  const possible = counts.reduce((all, each) => Math.min(Number.MAX_VALUE, all * Math.max(1, each)), 1);
  const met = possible * -Math.expm1(-rows / possible);
  return Math.max(1, Math.min(rows, mostKeys, Math.max(met, most)));
}

/** Of a column's values those of which a predicate lets any row through: all of their rows are left out rarely where they have many. */
function metBehind(distinct: number, { rows, tableRows }: Pick<IndexShape, 'rows' | 'tableRows'>): number {
  if (rows >= tableRows || distinct <= 0) return distinct;
  return distinct * (1 - (1 - rows / tableRows) ** (tableRows / distinct));
}
