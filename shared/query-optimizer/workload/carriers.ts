/**
 * Which statements the search looks at: all of a small workload; of a large one those that carry most of its cost.
 *
 * Shape   items, most expensive first -> those that come first
 */

import type { WorkloadItem } from './open-workload.ts';
import { countStatements, totalBefore, weightOf } from './open-workload.ts';

/** A workload of this many is searched whole: every statement may have its index. */
const SMALL = 200;
const CARRIED = 0.95;

export function carriersOf(items: readonly WorkloadItem[]): readonly WorkloadItem[] {
  if (countStatements(items) <= SMALL) return items;
  const total = totalBefore(items);
  let carried = 0;
  const end = items.findIndex(item => {
    carried += weightOf(item);
    return carried >= CARRIED * total;
  });
  return items.slice(0, Math.max(SMALL, end + 1));
}
