/**
 * What happened between two snapshots of a database: counters only grow, unless the server forgot, and then what they show is all
 * that is known to have happened since. A rate is never negative.
 *
 * Shape   (before, after) -> the later snapshot with counters of the time between, and gaps
 * Units   counts of the whole time between; instants epoch ms
 * Source  pg_stat_statements forgets when it is reset, when it is full (the least used go), and when a serverless compute stops
 */

import type {
  Activity,
  ExistingIndex,
  Gap,
  Relation,
  RelationName,
  Snapshot,
  Statement,
} from './snapshot.ts';
import { nameOf } from './sql/catalogue.ts';

export function computeDelta(before: Snapshot, after: Snapshot): Snapshot {
  if (before.server.database !== after.server.database || before.takenAt >= after.takenAt)
    return { ...after, gaps: [...after.gaps, NOT_COMPARABLE] };
  const statementsForgot = forgot(before.statementsSince, after.statementsSince, before.takenAt);
  const countersForgot = forgot(before.countersSince, after.countersSince, before.takenAt);
  const relations = byName(before.relations);
  const indexes = byName(before.indexes);
  const earlier = new Map(before.workload.map(statement => [textKey(statement), statement]));
  return {
    ...after,
    statementsSince: statementsForgot ? after.statementsSince : before.takenAt,
    countersSince: countersForgot ? after.countersSince : before.takenAt,
    workload: after.workload
      .map(statement =>
        statementsForgot ? statement : sinceThen(statement, earlier.get(textKey(statement))),
      )
      .filter(({ calls }) => calls > 0),
    relations: after.relations.map(relation =>
      countersForgot ? relation : activeSince(relation, relations.get(nameOf(relation))),
    ),
    indexes: after.indexes.map(index =>
      countersForgot ? index : scannedSince(index, indexes.get(nameOf(index))),
    ),
    gaps: [
      ...after.gaps,
      ...(statementsForgot ? [reset('statements')] : []),
      ...(countersForgot ? [reset('tables and indexes')] : []),
    ],
  };
}

/** They began anew after the earlier look, or the server says another beginning than it did. */
const forgot = (was: number | undefined, is: number | undefined, lookedAt: number): boolean =>
  is !== undefined && (is > lookedAt || (was !== undefined && is > was));

/** Fewer calls than before mean that it was thrown out and came back: all of them are new. */
function sinceThen(now: Statement, then: Statement | undefined): Statement {
  if (then === undefined || now.calls < then.calls || isLess(now.totalMs, then.totalMs)) return now;
  return {
    ...now,
    calls: now.calls - then.calls,
    totalMs: difference(now.totalMs, then.totalMs),
    rows: difference(now.rows, then.rows),
  };
}

function activeSince(now: Relation, then: Relation | undefined): Relation {
  if (then === undefined) return now;
  const grown = (field: Exclude<keyof Activity, 'analyzedAt'>): number =>
    now.activity[field] < then.activity[field]
      ? now.activity[field]
      : now.activity[field] - then.activity[field];
  const activity: Activity = {
    inserts: grown('inserts'),
    updates: grown('updates'),
    hotUpdates: Math.min(grown('hotUpdates'), grown('updates')),
    deletes: grown('deletes'),
    sequentialScans: grown('sequentialScans'),
    indexScans: grown('indexScans'),
    analyzedAt: now.activity.analyzedAt,
  };
  return { ...now, activity };
}

const scannedSince = (now: ExistingIndex, then: ExistingIndex | undefined): ExistingIndex =>
  then === undefined || now.scans < then.scans ? now : { ...now, scans: now.scans - then.scans };

const isLess = (now: number | undefined, then: number | undefined): boolean =>
  now !== undefined && then !== undefined && now < then;

const difference = (now: number | undefined, then: number | undefined): number | undefined =>
  now === undefined || then === undefined ? now : Math.max(0, now - then);

/** One id may be of several texts, each counted for itself: whoever sends it may write it another way. */
const textKey = ({ id, sql }: Statement): string => JSON.stringify([id, sql]);

const byName = <Named extends RelationName>(all: readonly Named[]): ReadonlyMap<string, Named> =>
  new Map(all.map(each => [nameOf(each), each]));

const reset = (of: string): Gap => ({
  part: `counters of ${of}`,
  why: 'They began anew since the earlier snapshot: what is shown is since then.',
  remedy: 'Where a serverless compute stops, take snapshots before it does.',
});

const NOT_COMPARABLE: Gap = {
  part: 'the earlier snapshot',
  why: 'It is of another database or no older: counters are shown since they began.',
  remedy: 'Give an older snapshot of the same database.',
};
