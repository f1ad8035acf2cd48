/**
 * Reads a workload and asks what each statement costs today: what is left out is counted, with the reason.
 *
 * Shape   Snapshot -> { items, most expensive first; skipped: [{ id, reason, why }] }
 * Cost    one EXPLAIN a kind of statement, and one for each common value that it is judged by (likely-values.ts)
 */

import type { Estimate, Planner } from '../planner.ts';
import type { Deadline } from '../search/deadline.ts';
import type { WorkItem } from '../search/what-if.ts';
import type { Snapshot } from '../snapshot.ts';
import type { WrittenColumns } from '../sql/access.ts';
import { type UnderstandDeps, understand } from '../sql/understand.ts';
import { groupStatements, type StatementGroup } from './group.ts';
import { type Variant, variantsOf } from './likely-values.ts';
import { shareCalls } from './share-calls.ts';

export type SkipReason = 'utility' | 'invalid' | 'cut' | 'refused' | 'unknown-relation' | 'out-of-time';

export interface Skipped {
  readonly id: string;
  readonly reason: SkipReason;
  readonly why: string;
  readonly calls: number;
}

export interface WorkloadItem extends WorkItem {
  readonly fingerprint: string;
  /** As it was given. */
  readonly sql: string;
  /** Of the statement's calls: those for common values may be items of their own, after the one for all the others. */
  readonly share: number;
  readonly totalMs: number | undefined;
  readonly rows: number | undefined;
  readonly writes: readonly WrittenColumns[];
}

export interface Workload {
  readonly items: readonly WorkloadItem[];
  readonly skipped: readonly Skipped[];
}

export interface OpenWorkloadDeps extends UnderstandDeps {
  readonly planner: Planner;
  readonly deadline: Deadline;
  readonly onProgress: (ratio: number, words: string) => void;
}

export async function openWorkload(snapshot: Snapshot, deps: OpenWorkloadDeps): Promise<Workload> {
  const groups = groupStatements(snapshot.workload, deps.parser);
  const items: WorkloadItem[] = [];
  const skipped: Skipped[] = [];
  for (const [at, group] of groups.entries()) {
    if (at % 50 === 0)
      deps.onProgress(at / groups.length, `${at} of ${groups.length} kinds of statements read`);
    const opened = await open(group, deps);
    if ('reason' in opened) skipped.push(opened);
    else items.push(...opened);
  }
  return { items: items.toSorted((left, right) => weightOf(right) - weightOf(left)), skipped };
}

/** Of the statement that an item is, or is a part of. Ids are the caller's, and may be the same of two. */
export const statementKey = ({ statement, sql }: WorkloadItem): string => JSON.stringify([statement.id, sql]);

export const countStatements = (items: readonly WorkloadItem[]): number =>
  new Set(items.map(statementKey)).size;

export const weightOf = ({ calls, before }: WorkItem): number => calls * before.cost;

/** What the workload costs today. */
export const totalBefore = (items: readonly WorkItem[]): number =>
  items.reduce((sum, item) => sum + weightOf(item), 0);

async function open(
  group: StatementGroup,
  deps: OpenWorkloadDeps,
): Promise<readonly WorkloadItem[] | Skipped> {
  const { statement, calls } = group;
  const skip = (reason: SkipReason, why: string): Skipped => ({ id: statement.id, reason, why, calls });
  const understood = understand(statement.sql, deps);
  if (understood.kind === 'utility')
    return skip('utility', 'it is no single SELECT, INSERT, UPDATE, DELETE or MERGE');
  if (understood.kind === 'invalid') return skip(understood.isCut ? 'cut' : 'invalid', understood.why);
  if (deps.deadline.isOver()) return skip('out-of-time', 'the time was over before its turn');
  const [ordinary, ...common] = variantsOf(statement, { ...deps, accesses: understood.accesses });
  const estimated = await deps.planner.estimate(ordinary.statement, []);
  if (estimated.kind === 'refused')
    return skip(understood.unknown.length > 0 ? 'unknown-relation' : 'refused', estimated.why);
  const known: Known[] = [];
  for (const variant of common) {
    const before = await deps.planner.estimate(variant.statement, []);
    if (before.kind === 'estimated') known.push({ variant, before });
  }
  const shares = shareCalls(
    known.map(({ variant: { share }, before }) => ({ share, rows: before.rows })),
    { rows: rowsPerCall(group), ordinaryRows: estimated.rows },
  );
  const rest = 1 - shares.reduce((sum, share) => sum + share, 0);
  return [{ variant: ordinary, before: estimated }, ...known].map((each, at) => ({
    ...partOf(group, each, shares[at - 1] ?? rest),
    sql: statement.sql,
    accesses: understood.accesses,
    writes: understood.writes,
  }));
}

interface Known {
  readonly variant: Variant;
  readonly before: Estimate;
}

const rowsPerCall = ({ rows, calls }: StatementGroup): number | undefined =>
  rows === undefined || calls === 0 ? undefined : rows / calls;

function partOf(
  { fingerprint, calls, totalMs, rows }: StatementGroup,
  { variant: { statement }, before: { cost, used, usedExisting } }: Known,
  share: number,
) {
  return {
    statement,
    share,
    fingerprint,
    calls: calls * share,
    totalMs: totalMs === undefined ? undefined : totalMs * share,
    rows: rows === undefined ? undefined : rows * share,
    before: { cost, used, usedExisting },
  };
}
