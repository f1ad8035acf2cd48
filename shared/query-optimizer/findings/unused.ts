/**
 * Indexes that nobody reads: they cost every write and every backup.
 *
 * Never one that keeps a promise (unique, primary, of a constraint), never on statistics too young to have seen a month's end,
 * never one that a plan of the workload uses.
 *
 * Shape   (Snapshot, indexes that plans use) -> { kind: 'known', unused } | { kind: 'too-young', why }
 * Source  PostgreSQL, 27.2.19 pg_stat_all_indexes
 */

import type { ExistingIndex, Snapshot } from '../snapshot.ts';
import { nameOf } from '../sql/catalogue.ts';

export const OLD_ENOUGH_MS = 14 * 24 * 3_600_000;

/** Not worth a person's attention. */
const SMALLEST_BYTES = 64 * 1024;

export type Unused =
  | { readonly kind: 'known'; readonly indexes: readonly ExistingIndex[]; readonly observedMs: number }
  | { readonly kind: 'too-young'; readonly why: string };

export function findUnused(snapshot: Snapshot, usedByPlans: ReadonlySet<string>): Unused {
  const { takenAt, countersSince } = snapshot;
  if (countersSince === undefined)
    return { kind: 'too-young', why: 'the server does not say since when it counts' };
  const observedMs = takenAt - countersSince;
  if (observedMs < OLD_ENOUGH_MS)
    return { kind: 'too-young', why: `the server counts for ${daysOf(observedMs)} only` };
  const used = usedFamilies(snapshot.indexes, usedByPlans);
  const indexes = snapshot.indexes.filter(
    index => mayGo(index) && !used.has(rootOf(index, snapshot.indexes)) && index.bytes >= SMALLEST_BYTES,
  );
  return { kind: 'known', indexes: indexes.toSorted((left, right) => right.bytes - left.bytes), observedMs };
}

/** What keeps a promise stays, whether it is read or not; what is not valid is being made, or a finding of its own. */
export function mayGo(index: ExistingIndex): boolean {
  return !index.isUnique && !index.isPrimary && index.constraint === undefined && index.isValid;
}

/** A partition's index cannot go alone: when one of a family is read, all are. */
function usedFamilies(
  indexes: readonly ExistingIndex[],
  usedByPlans: ReadonlySet<string>,
): ReadonlySet<string> {
  const used = indexes.filter(
    index =>
      index.scans > 0 || index.scannedAt !== undefined || usedByPlans.has(`${index.schema}.${index.name}`),
  );
  return new Set(used.map(index => rootOf(index, indexes)));
}

function rootOf(index: ExistingIndex, indexes: readonly ExistingIndex[]): string {
  const { parent } = index;
  const above = parent && indexes.find(other => nameOf(other) === nameOf(parent));
  return above ? rootOf(above, indexes) : nameOf(index);
}

const daysOf = (ms: number): string => `${Math.max(0, Math.floor(ms / 86_400_000))} days`;
