/**
 * Whether an index is worth its place: some statement must be clearly faster with it, and the workload must feel it.
 *
 * What is read from a few cached pages already is left alone: a healthy database has statements of such costs only, and an
 * index for each of them would be noise. The workload is taken as it will be, so that what is left out today is left out
 * tomorrow, when the rest has been created.
 *
 * Shape   (what each statement saves by the index) -> whether it is worth it
 * Units   the planner's; a call
 */

export interface Saving {
  /** A call, with all other chosen indexes there. */
  readonly without: number;
  readonly with: number;
  readonly calls: number;
}

export interface WorthOptions {
  /** Only adds columns to what another index has: it saves the way to the table, and no more. */
  readonly isCoveringOnly: boolean;
  /** Of the workload with all that was chosen. */
  readonly total: number;
  readonly writeCost: number;
  /** Of the total, that it must save. @default LEAST_SHARE */
  readonly leastShare?: number | undefined;
}

/** Five pages at random: less is not felt. */
export const LEAST_SAVED = 20;
/** Visits to the table are mostly cached; a scan of thousands of its pages is not. */
const LEAST_SAVED_BY_COVERING = 1_000;
const LEAST_RATIO = 0.02;
/** Of what saves little in all: where a plan has hardly an edge, a planner with other statistics takes another. */
const LEAST_RATIO_BESIDE = 0.05;
/** As the best published search ends: for less nobody changes a database. */
export const LEAST_SHARE = 0.003;
/** Of an index beside others: who creates those anyway takes it along. */
export const LEAST_SHARE_BESIDE = 0.0005;

export function isWorth(savings: readonly Saving[], options: WorthOptions): boolean {
  const net = netSaving(savings, options.writeCost);
  const { total, leastShare = LEAST_SHARE } = options;
  if (net <= 0 || net < leastShare * total) return false;
  const least = options.isCoveringOnly ? LEAST_SAVED_BY_COVERING : LEAST_SAVED;
  const ratio = net >= LEAST_SHARE * total ? LEAST_RATIO : LEAST_RATIO_BESIDE;
  return savings.some(saving => {
    const saved = saving.without - saving.with;
    return saved >= least && saved >= ratio * saving.without;
  });
}

export function netSaving(savings: readonly Saving[], writeCost: number): number {
  const saved = savings.reduce((sum, { calls, without, with: after }) => sum + calls * (without - after), 0);
  return saved - writeCost;
}
