/**
 * Holds against the planner what the rules call redundant: without it, and without all those proven before it, no statement of
 * the workload may be worse than today. What a proposal stands in for is held against the plans with the proposals there.
 *
 * Shape   (findings, what the planner is asked with) -> those that hold
 * Cost    for each finding one EXPLAIN for each statement whose plan uses it, or one proven before it
 */

import type { IndexId, Planner } from '../planner.ts';
import type { ExistingIndex } from '../snapshot.ts';
import type { WorkloadItem } from '../workload/open-workload.ts';
import type { FamilyOf } from './index-families.ts';
import type { Redundant } from './redundant.ts';

/** A longer index is a little dearer to read: so much may be. */
const WORSE_RATIO = 1.1;

export interface Proof {
  readonly items: readonly WorkloadItem[];
  readonly planner: Planner;
  /** Plans name the indexes of partitions, which go with the index of the whole. */
  readonly familyOf: FamilyOf;
  /** All that is proposed; the planner knows them. */
  readonly proposed: readonly IndexId[];
}

export async function proveRedundant(
  findings: readonly Redundant[],
  proof: Proof,
): Promise<readonly Redundant[]> {
  const proven: Redundant[] = [];
  let gone: readonly string[] = [];
  for (const finding of findings) {
    const without = [...gone, ...proof.familyOf(finding.index).map(plannedName)];
    if (!(await holds(finding, without, proof))) continue;
    proven.push(finding);
    gone = without;
  }
  return proven;
}

async function holds(
  { byProposal }: Redundant,
  without: readonly string[],
  { items, planner, proposed }: Proof,
): Promise<boolean> {
  for (const { statement, before } of items) {
    if (!before.usedExisting.some(name => without.includes(name))) continue;
    const after = await planner.estimate(statement, byProposal ? proposed : [], without);
    if (after.kind === 'estimated' && after.cost > before.cost * WORSE_RATIO) return false;
  }
  return true;
}

const plannedName = ({ schema, name }: ExistingIndex): string => `${schema}.${name}`;
