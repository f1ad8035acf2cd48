/**
 * What an advisor is asked, and answers: the same for ours and for those it is held against.
 */

import type { IndexDefinition, Planner } from '../../../../shared/query-optimizer/planner.ts';
import type { Snapshot } from '../../../../shared/query-optimizer/snapshot.ts';

export interface Question {
  readonly planner: Planner;
  /** With the workload in it. */
  readonly snapshot: Snapshot;
  readonly budgetBytes: number;
}

export interface Advisor {
  readonly name: string;
  advise(question: Question): Promise<readonly IndexDefinition[]>;
}
