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
import { familiesOf } from './index-families.ts';

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
  const familyOf = familiesOf(snapshot.indexes);
  const isRead = ({ schema, name, scans, scannedAt }: ExistingIndex): boolean =>
    scans > 0 || scannedAt !== undefined || usedByPlans.has(`${schema}.${name}`);
  const indexes = snapshot.indexes.filter(index => {
    // A partition's index cannot go alone, and the one above them has no bytes of its own.
    const family = familyOf(index);
    return mayGo(index) && !family.some(isRead) && sizeOf(family) >= SMALLEST_BYTES;
  });
  return { kind: 'known', indexes: indexes.toSorted((left, right) => right.bytes - left.bytes), observedMs };
}

const sizeOf = (indexes: readonly ExistingIndex[]): number =>
  indexes.reduce((sum, { bytes }) => sum + bytes, 0);

/**
 * What keeps a promise stays, whether it is read or not; what is not valid is being made, or a finding of its own; and what could
 * not be made again, since its table was locked when it was looked at, is not judged.
 */
export function mayGo({ isUnique, isPrimary, constraint, isValid, definition }: ExistingIndex): boolean {
  return !isUnique && !isPrimary && constraint === undefined && isValid && definition !== '';
}

const daysOf = (ms: number): string => `${Math.max(0, Math.floor(ms / 86_400_000))} days`;
