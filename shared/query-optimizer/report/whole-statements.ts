/**
 * Puts a statement together again that was judged by several values: in the report it is one, at its mean cost.
 *
 * Shape   (items, costs after) -> statements; proposals' savings by statement
 */

import type { Saving } from '../advise/worth.ts';
import type { IndexId } from '../planner.ts';
import type { KnownPlan } from '../search/what-if.ts';
import { statementKey, type WorkloadItem } from '../workload/open-workload.ts';

export interface WholeStatement {
  readonly item: WorkloadItem;
  readonly calls: number;
  readonly totalMs: number | undefined;
  readonly before: number;
  readonly after: number;
  readonly used: readonly IndexId[];
}

/** Most expensive first, as the items. */
export function wholeStatements(
  items: readonly WorkloadItem[],
  after: readonly KnownPlan[],
): readonly WholeStatement[] {
  const parts = items.map((item, at) => ({ item, after: after[at]?.cost, used: after[at]?.used ?? [] }));
  return [...Map.groupBy(parts, ({ item }) => statementKey(item)).values()].flatMap(group => {
    const [first] = group;
    if (!first) return [];
    const mean = (costOf: (part: (typeof group)[number]) => number) =>
      group.length === 1
        ? costOf(first)
        : group.reduce((sum, part) => sum + part.item.share * costOf(part), 0);
    return {
      item: first.item,
      calls: sumOf(group.map(({ item }) => item.calls)),
      totalMs:
        first.item.totalMs === undefined ? undefined : sumOf(group.map(({ item }) => item.totalMs ?? 0)),
      before: mean(({ item }) => item.before.cost),
      after: mean(part => part.after ?? part.item.before.cost),
      used: [...new Set(group.flatMap(({ used }) => used))],
    };
  });
}

/** A call of each statement, of those values for which the index is used. */
export function savingsByStatement(
  items: readonly WorkloadItem[],
  savings: ReadonlyMap<number, Saving>,
): readonly { readonly id: string; readonly without: number; readonly with: number }[] {
  const parts = [...savings].flatMap(([at, saving]) => {
    const item = items[at];
    return item ? [{ item, saving }] : [];
  });
  return [...Map.groupBy(parts, ({ item }) => statementKey(item)).values()].map(group => {
    const share = sumOf(group.map(({ item }) => item.share));
    const mean = (cost: 'without' | 'with') =>
      sumOf(group.map(({ item, saving }) => (item.share / share) * saving[cost]));
    return { id: group[0]?.item.statement.id ?? '', without: mean('without'), with: mean('with') };
  });
}

/** Parts of a count make it up but for rounding. */
const sumOf = (parts: readonly number[]): number =>
  parts.length === 1 ? (parts[0] ?? 0) : Number(parts.reduce((sum, part) => sum + part, 0).toPrecision(12));
