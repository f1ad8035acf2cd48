/**
 * Reads a workload and asks what each statement costs today: what is left out is counted, with the reason.
 *
 * Shape   Snapshot -> { items, most expensive first; skipped: [{ id, reason, why }] }
 * Cost    one EXPLAIN a kind of statement
 */

import type { Planner } from '../planner.ts';
import type { Deadline } from '../search/deadline.ts';
import type { WorkItem } from '../search/what-if.ts';
import type { Snapshot } from '../snapshot.ts';
import type { WrittenColumns } from '../sql/access.ts';
import { type UnderstandDeps, understand } from '../sql/understand.ts';
import { groupStatements, type StatementGroup } from './group.ts';
import { withLikelyValues } from './likely-values.ts';

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
    else items.push(opened);
  }
  return { items: items.toSorted((left, right) => weightOf(right) - weightOf(left)), skipped };
}

export const weightOf = ({ calls, before }: WorkItem): number => calls * before.cost;

async function open(group: StatementGroup, deps: OpenWorkloadDeps): Promise<WorkloadItem | Skipped> {
  const { statement, calls } = group;
  const skip = (reason: SkipReason, why: string): Skipped => ({ id: statement.id, reason, why, calls });
  const understood = understand(statement.sql, deps);
  if (understood.kind === 'utility') return skip('utility', 'it neither reads nor writes rows');
  if (understood.kind === 'invalid') return skip(understood.isCut ? 'cut' : 'invalid', understood.why);
  if (deps.deadline.isOver()) return skip('out-of-time', 'the time was over before its turn');
  const explained = withLikelyValues(statement, { ...deps, accesses: understood.accesses });
  const estimated = await deps.planner.estimate(explained, []);
  if (estimated.kind === 'refused')
    return skip(understood.unknown.length > 0 ? 'unknown-relation' : 'refused', estimated.why);
  const { cost, used, usedExisting } = estimated;
  return {
    statement: explained,
    sql: statement.sql,
    fingerprint: group.fingerprint,
    calls,
    totalMs: group.totalMs,
    rows: group.rows,
    accesses: understood.accesses,
    writes: understood.writes,
    before: { cost, used, usedExisting },
  };
}
