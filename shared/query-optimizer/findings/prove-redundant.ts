/**
 * Holds against the planner what the rules call redundant: without it, no statement of the workload may get worse.
 *
 * Shape   findings, items -> those that hold
 * Cost    one EXPLAIN for each statement whose plan uses such an index
 */

import type { Planner } from '../planner.ts';
import type { WorkloadItem } from '../workload/open-workload.ts';
import type { Redundant } from './redundant.ts';

/** A longer index is a little dearer to read: so much may be. */
const WORSE_RATIO = 1.1;

export async function proveRedundant(
  findings: readonly Redundant[],
  items: readonly WorkloadItem[],
  planner: Planner,
): Promise<readonly Redundant[]> {
  const proven: Redundant[] = [];
  for (const finding of findings) if (await holds(finding, items, planner)) proven.push(finding);
  return proven;
}

async function holds(
  { index }: Redundant,
  items: readonly WorkloadItem[],
  planner: Planner,
): Promise<boolean> {
  const name = `${index.schema}.${index.name}`;
  for (const { statement, before } of items.filter(item => item.before.usedExisting.includes(name))) {
    const without = await planner.estimate(statement, [], [name]);
    if (without.kind === 'estimated' && without.cost > before.cost * WORSE_RATIO) return false;
  }
  return true;
}
