/**
 * What the server counted between two snapshots: the load of the last day, and not of the year since the counters began.
 *
 * Where a counter cannot be compared, it counts from where it began anew: the server was reset or had lost what it knew (a
 * compute that had been suspended), an entry was evicted and came back, or is new. So there is never a negative rate.
 *
 * Shape   (Snapshot, the one before) -> Snapshot; without a one before it is unchanged
 */

import type { Snapshot, Statement } from './snapshot.ts';

export function sinceLast(snapshot: Snapshot, last: Snapshot | undefined): Snapshot {
  if (!last || last.server.database !== snapshot.server.database) return snapshot;
  if (last.takenAt >= snapshot.takenAt) return snapshot;
  if (!countsOn(snapshot.statementsSince, last)) return snapshot;
  return { ...snapshot, statementsSince: last.takenAt, workload: workloadSince(snapshot, last) };
}

function workloadSince(snapshot: Snapshot, last: Snapshot): readonly Statement[] {
  const before = new Map(last.workload.map(statement => [nameOf(statement), statement]));
  return snapshot.workload
    .map(statement => statementSince(statement, before.get(nameOf(statement))))
    .filter(({ calls }) => calls > 0);
}

/** A server may keep two texts under one id. */
const nameOf = ({ id, sql }: Statement): string => `${id} ${sql}`;

/** Counters that began after the last snapshot say all there is to know; without a date they are looked at one by one. */
function countsOn(since: number | undefined, last: Snapshot): boolean {
  return since === undefined || since <= last.takenAt;
}

function statementSince(statement: Statement, before: Statement | undefined): Statement {
  // Fewer calls than before: it was evicted in between, and has counted anew.
  if (!before || statement.calls < before.calls) return statement;
  return {
    ...statement,
    calls: statement.calls - before.calls,
    totalMs: difference(statement.totalMs, before.totalMs),
    rows: difference(statement.rows, before.rows),
  };
}

function difference(now: number | undefined, before: number | undefined): number | undefined {
  return now === undefined ? undefined : Math.max(0, now - (before ?? 0));
}
