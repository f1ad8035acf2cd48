/**
 * What of the findings goes into the migration, and the sentence above each.
 *
 * Shape   (Snapshot, Findings, options) -> MigrationInput
 */

import type { MigrationInput } from '../migration/migration.ts';
import type { ResolvedOptions } from '../options.ts';
import type { Snapshot } from '../snapshot.ts';
import { totalBefore } from '../workload/open-workload.ts';
import type { Findings } from './build.ts';
import { countWords, percent, sizeWords } from './words.ts';

export function migrationOf(
  { relations }: Snapshot,
  { advice, unused, redundant, foreignKeys }: Findings,
  { withDrops }: ResolvedOptions,
): MigrationInput {
  const total = totalBefore(advice?.items ?? []);
  const unusedIndexes = unused.kind === 'known' ? unused.indexes : [];
  return {
    relations,
    withDrops,
    creations: (advice?.chosen ?? []).map(({ definition, bytes, saved, savings }) => ({
      definition,
      why: `${sizeWords(bytes)}; saves ${percent(total > 0 ? saved / total : 0)} of the workload, in ${countWords(savings.size, 'statement')}`,
    })),
    suggestions: foreignKeys.map(({ constraint, index, deletes }) => ({
      definition: index,
      why: `no index stands behind the foreign key ${constraint.name}, and ${countWords(deletes, 'row')} of those it points to were deleted`,
    })),
    drops: [
      ...unusedIndexes
        .filter(({ parent }) => parent === undefined)
        .map(index => ({
          index,
          why: `nobody has read it here (${sizeWords(index.bytes)}); ask your replicas first`,
        })),
      ...redundant.map(({ index, by, byProposal }) => ({
        index,
        why: `${by.name} does its work${byProposal ? ', once that is created' : ''} (${sizeWords(index.bytes)})`,
      })),
    ],
  };
}
