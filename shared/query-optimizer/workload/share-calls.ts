/**
 * Divides a statement's calls between an ordinary value and common ones, by the rows that it really returned: a statement that
 * gives more rows than the planner expects of an ordinary value was asked for common ones.
 *
 * Shape   (rows a call, what the planner expects of each) -> shares of the common ones, their sum below 1
 */

export interface Expected {
  /** Without knowing better. */
  readonly share: number;
  /** A call, limits and groups included; undefined where the planner does not say. */
  readonly rows: number | undefined;
}

export interface Observed {
  /** A call; undefined where nobody counted. */
  readonly rows: number | undefined;
  readonly ordinaryRows: number | undefined;
}

/** Rows may come of what no statistics tell: so much is always left to the ordinary value. */
const MOST_COMMON = 0.9;

export function shareCalls(common: readonly Expected[], { rows, ordinaryRows }: Observed): readonly number[] {
  const shares = common.map(({ share }) => share);
  const known = sumOf(shares);
  if (rows === undefined || ordinaryRows === undefined || known <= 0) return shares;
  const expected = sumOf(common.map(each => (each.share / known) * (each.rows ?? ordinaryRows)));
  if (expected <= ordinaryRows || rows <= ordinaryRows) return shares;
  const told = Math.min(MOST_COMMON, (rows - ordinaryRows) / (expected - ordinaryRows));
  return told <= known ? shares : shares.map(share => (share / known) * told);
}

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0);
