/**
 * From a workload and a planner to the indexes that are worth creating, each with its proof.
 *
 * Shape   (Snapshot, deps, options) -> Advice
 * Errors  PlannerGone
 * Cost    bounded by `timeMs`; the answer is the best found until then
 */

import { findCandidates } from '../candidates/candidates.ts';
import type { IndexDefinition, IndexId, Planner } from '../planner.ts';
import type { Deadline } from '../search/deadline.ts';
import { search } from '../search/search.ts';
import { createWhatIf, type KnownPlan } from '../search/what-if.ts';
import type { Snapshot } from '../snapshot.ts';
import { createCatalogue } from '../sql/catalogue.ts';
import type { SqlParser } from '../sql/sql-parser.ts';
import { carriersOf } from '../workload/carriers.ts';
import { openWorkload, type Skipped, type WorkloadItem } from '../workload/open-workload.ts';
import { type FrontierPoint, frontierOf } from './frontier.ts';
import { proveAll } from './prove-all.ts';
import { settle } from './settle.ts';
import { singlesOf } from './singles.ts';
import { countWrites } from './table-writes.ts';
import { trim, type Worth } from './trim.ts';
import { LEAST_SHARE_BESIDE } from './worth.ts';
import { type WriteCosts, writeCostOf } from './write-cost.ts';

export interface AdviseDeps {
  readonly planner: Planner;
  readonly parser: SqlParser;
  readonly onProgress: (ratio: number, words: string) => void;
}

export interface AdviseOptions {
  readonly budgetBytes: number;
  readonly deadline: Deadline;
}

export interface ChosenIndex extends Worth {
  readonly definition: IndexDefinition;
  readonly bytes: number;
  readonly writes: WriteCosts;
}

export interface Advice {
  readonly items: readonly WorkloadItem[];
  readonly skipped: readonly Skipped[];
  /** How many of the items the search looked at: the first. */
  readonly searched: number;
  /** Of every item, with what was chosen. */
  readonly after: readonly KnownPlan[];
  readonly chosen: readonly ChosenIndex[];
  /** What less would buy, by the plans that are known. */
  readonly frontier: readonly FrontierPoint[];
  readonly candidates: number;
  readonly asked: number;
  readonly isComplete: boolean;
}

/** Of the time, for reading the workload and for searching; proofs get the rest. */
const READING = 0.4;
const SEARCHING = 0.85;

export async function advise(snapshot: Snapshot, deps: AdviseDeps, options: AdviseOptions): Promise<Advice> {
  const catalogue = createCatalogue(snapshot, deps.parser);
  const reading = {
    ...deps,
    catalogue,
    deadline: options.deadline.part(READING),
    onProgress: part(deps, 0, 0.2),
  };
  const { items, skipped } = await openWorkload(snapshot, reading);
  const carriers = carriersOf(items);
  const facts = { catalogue, server: snapshot.server, existing: snapshot.indexes };
  const accesses = carriers.map(item => item.accesses);
  const candidates = findCandidates(accesses, facts);
  const whatIf = createWhatIf(deps.planner, carriers, snapshot.relations);
  const writesOf = countWrites(items, snapshot);
  const writesBy = (id: IndexId) => {
    const definition = whatIf.definitionOf(id);
    return writeCostOf(definition, writesOf(definition.table));
  };
  const writeCost = (id: IndexId) => writesBy(id).cost;
  const searching = {
    budgetBytes: options.budgetBytes,
    deadline: options.deadline.part(SEARCHING),
    writeCost,
  };
  const singles = singlesOf(accesses.flat(), facts);
  const found = await search(
    whatIf,
    { candidates, singles },
    { ...searching, onProgress: part(deps, 0.2, 0.9) },
  );
  deps.onProgress(0.9, 'proving each index');
  const settling = { ...searching, existing: snapshot.indexes };
  const { worths, after } = await proveAll(items, await settle(whatIf, found.chosen, settling), {
    ...deps,
    relations: snapshot.relations,
    definitionOf: whatIf.definitionOf,
    trim: ids => trim(whatIf, ids, { ...settling, leastShare: LEAST_SHARE_BESIDE }),
  });
  const chosen = worths.map(worth => ({
    ...worth,
    definition: whatIf.definitionOf(worth.id),
    bytes: whatIf.bytesOf(worth.id),
    writes: writesBy(worth.id),
  }));
  return {
    items,
    skipped,
    searched: carriers.length,
    after,
    chosen,
    frontier: frontierOf(whatIf, searching),
    candidates: candidates.definitions.size,
    asked: whatIf.asked() + items.length,
    isComplete: found.isComplete && !skipped.some(({ reason }) => reason === 'out-of-time'),
  };
}

function part({ onProgress }: AdviseDeps, from: number, to: number): AdviseDeps['onProgress'] {
  return (ratio, words) => onProgress(from + (to - from) * ratio, words);
}
