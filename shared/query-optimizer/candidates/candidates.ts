/**
 * All indexes worth asking the planner about: for each statement those that could answer it, and what they are.
 *
 * Shape   statements as accesses -> { definitions by id, ids by statement }
 */

import { indexIdOf } from '../index-sql.ts';
import type { IndexDefinition, IndexId } from '../planner.ts';
import type { ExistingIndex } from '../snapshot.ts';
import type { Access } from '../sql/access.ts';
import { nameOf } from '../sql/catalogue.ts';
import { brinCandidates } from './brin.ts';
import { btreeCandidates } from './btree.ts';
import type { FactsDeps } from './column-facts.ts';
import { isThere } from './existing.ts';
import { ginCandidates } from './gin.ts';
import { countConditions, partialCandidates, type Recurrence } from './partial.ts';

export interface Candidates {
  readonly definitions: ReadonlyMap<IndexId, IndexDefinition>;
  /** By the statement's place. */
  readonly byStatement: readonly (readonly IndexId[])[];
}

export interface CandidatesDeps extends FactsDeps {
  readonly existing: readonly ExistingIndex[];
}

/** Smaller relations are read whole sooner than any index of them. */
const FEWEST_PAGES = 5;

export function findCandidates(statements: readonly (readonly Access[])[], deps: CandidatesDeps): Candidates {
  const recurrence = countConditions(statements);
  const existing = Map.groupBy(deps.existing, ({ table }) => nameOf(table));
  const definitions = new Map<IndexId, IndexDefinition>();
  const byStatement = statements.map(accesses => {
    const ids = new Set<IndexId>();
    for (const index of accesses.flatMap(access => ofAccess(access, { ...deps, recurrence }))) {
      if (isThere(index, existing.get(nameOf(index.table)) ?? [])) continue;
      const id = indexIdOf(index);
      definitions.set(id, index);
      ids.add(id);
    }
    return [...ids];
  });
  return { definitions, byStatement };
}

function ofAccess(
  access: Access,
  deps: CandidatesDeps & { readonly recurrence: Recurrence },
): readonly IndexDefinition[] {
  const { relation } = access;
  if (relation.kind === 'foreign' || (relation.kind !== 'partitioned' && relation.pages < FEWEST_PAGES))
    return [];
  const whole = [...btreeCandidates(access, deps), ...ginCandidates(access, deps)];
  return [...whole, ...brinCandidates(access, deps), ...partialCandidates(whole, access, deps)];
}
