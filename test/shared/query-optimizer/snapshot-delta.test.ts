import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Relation, Snapshot, Statement } from '../../../shared/query-optimizer/snapshot.ts';
import { computeDelta } from '../../../shared/query-optimizer/snapshot-delta.ts';
import { aRelation, aSnapshot } from './twin/sources.ts';

const DAY_MS = 86_400_000;
const [MONDAY, TUESDAY] = [Date.UTC(2026, 0, 5), Date.UTC(2026, 0, 6)];

const statement = (id: string, calls: number, totalMs = calls * 2): Statement => ({
  id,
  sql: `SELECT ${id}`,
  calls,
  totalMs,
  rows: calls,
  normalized: true,
});

const taken = (takenAt: number, workload: readonly Statement[], rest: Partial<Snapshot> = {}): Snapshot =>
  aSnapshot({ takenAt, workload, statementsSince: MONDAY - DAY_MS, countersSince: MONDAY - DAY_MS, ...rest });

const busy = (updates: number, hotUpdates: number): Relation => {
  const relation = aRelation('parcel');
  return { ...relation, activity: { ...relation.activity, updates, hotUpdates } };
};

describe('what happened between two snapshots', () => {
  it('is the difference, and what was not called is left out', () => {
    const before = taken(MONDAY, [statement('1', 10), statement('2', 5)], { relations: [busy(100, 60)] });
    const after = taken(TUESDAY, [statement('1', 25), statement('2', 5), statement('3', 4)], {
      relations: [busy(150, 70)],
    });
    const delta = computeDelta(before, after);
    expect(delta.workload).toEqual([statement('1', 15), statement('3', 4)]);
    expect(delta.relations[0]?.activity).toMatchObject({ updates: 50, hotUpdates: 10 });
    expect(delta.statementsSince).toBe(MONDAY);
    expect(delta.gaps).toEqual([]);
  });

  it('is what is counted since, when the server forgot in between', () => {
    const before = taken(MONDAY, [statement('1', 100)], { relations: [busy(100, 60)] });
    const after = taken(TUESDAY, [statement('1', 120)], {
      relations: [busy(120, 60)],
      statementsSince: MONDAY + 1,
      countersSince: MONDAY + 1,
    });
    const delta = computeDelta(before, after);
    expect(delta.workload).toEqual([statement('1', 120)]);
    expect(delta.relations[0]?.activity.updates).toBe(120);
    expect(delta.statementsSince).toBe(MONDAY + 1);
    expect(delta.gaps.map(({ part }) => part)).toEqual([
      'counters of statements',
      'counters of tables and indexes',
    ]);
  });

  it('takes a statement that was thrown out and came back for new', () => {
    const delta = computeDelta(taken(MONDAY, [statement('1', 100)]), taken(TUESDAY, [statement('1', 7)]));
    expect(delta.workload).toEqual([statement('1', 7)]);
  });

  it('is told of each text that an id has', () => {
    const other = (calls: number) => ({ ...statement('1', calls), sql: 'select 1' });
    const before = taken(MONDAY, [statement('1', 100), other(5)]);
    const delta = computeDelta(before, taken(TUESDAY, [statement('1', 110), other(7)]));
    expect(delta.workload).toEqual([statement('1', 10), other(2)]);
  });

  it('of another database is none, and says so', () => {
    const other = taken(MONDAY, [statement('1', 5)], {
      server: { ...aSnapshot({}).server, database: 'other' },
    });
    const delta = computeDelta(other, taken(TUESDAY, [statement('1', 7)]));
    expect(delta.workload).toEqual([statement('1', 7)]);
    expect(delta.gaps).toHaveLength(1);
  });

  it('is never negative, whatever the counters did', () => {
    const counts = fc.record({
      calls: fc.nat(1000),
      ms: fc.nat(1000),
      updates: fc.nat(1000),
      hot: fc.nat(1000),
    });
    fc.assert(
      fc.property(counts, counts, fc.boolean(), (a, b, isReset) => {
        const of = (at: number, counted: typeof a, since: number) =>
          taken(at, [statement('1', counted.calls, counted.ms)], {
            relations: [busy(counted.updates, Math.min(counted.hot, counted.updates))],
            statementsSince: since,
          });
        const delta = computeDelta(of(MONDAY, a, 0), of(TUESDAY, b, isReset ? MONDAY + 5 : 0));
        const { activity } = delta.relations[0] as Relation;
        const figures = delta.workload.flatMap(({ calls, totalMs = 0, rows = 0 }) => [calls, totalMs, rows]);
        expect(Math.min(0, ...figures, activity.updates, activity.hotUpdates)).toBe(0);
        expect(activity.hotUpdates).toBeLessThanOrEqual(activity.updates);
      }),
    );
  });
});
