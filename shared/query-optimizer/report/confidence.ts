/**
 * How sure a proposal is, and why it is not surer.
 *
 * Shape   (chosen index, what is known) -> { confidence, doubts }
 */

import type { ChosenIndex } from '../advise/advise.ts';
import type { Planner } from '../planner.ts';
import type { Snapshot } from '../snapshot.ts';
import { nameOf } from '../sql/catalogue.ts';
import type { WorkloadItem } from '../workload/open-workload.ts';
import type { Proposal } from './schema.ts';

export interface ConfidenceInput {
  readonly snapshot: Snapshot;
  readonly items: readonly WorkloadItem[];
  readonly planner: Planner['name'];
}

const STALE_MS = 30 * 24 * 3_600_000;

export function confidenceOf(
  chosen: ChosenIndex,
  input: ConfidenceInput,
): Pick<Proposal, 'confidence' | 'doubts'> {
  const doubts = doubtsOf(chosen, input);
  return { confidence: doubts.length === 0 ? 'high' : doubts.length === 1 ? 'medium' : 'low', doubts };
}

function doubtsOf(chosen: ChosenIndex, { snapshot, items, planner }: ConfidenceInput): string[] {
  const { definition, savings } = chosen;
  const table = snapshot.relations.find(relation => nameOf(relation) === nameOf(definition.table));
  const doubts: string[] = [];
  const age =
    table?.activity.analyzedAt === undefined ? undefined : snapshot.takenAt - table.activity.analyzedAt;
  if (age === undefined && table?.kind !== 'partitioned')
    doubts.push('The server does not say when the table was last analysed: run ANALYZE, then this again.');
  if (age !== undefined && age > STALE_MS) doubts.push('The table was last analysed more than 30 days ago.');
  if ([...savings.keys()].every(item => items[item]?.statement.normalized))
    doubts.push(
      'All statements that gain are known without their values: costs are those of generic plans, and of common values where few values have most rows.',
    );
  if (definition.keys.some(({ expression }) => expression !== undefined))
    doubts.push('There are no statistics of an expression before its index exists.');
  if (planner === 'hypopg' && definition.method !== 'btree')
    doubts.push('HypoPG knows B-trees well, and this is none.');
  return doubts;
}
