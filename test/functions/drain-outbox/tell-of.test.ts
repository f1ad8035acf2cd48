import { describe, expect, it } from 'vitest';
import { tellOf } from '../../../functions/drain-outbox/tell-of.ts';
import type { EmfLine } from '../../../shared/monitoring/emf.ts';
import { NOTHING } from '../../../shared/outbox/drain.ts';
import type { Backlog } from '../../../shared/outbox/outbox-store.ts';

const done = { ...NOTHING, changes: 2, lagMs: 20, drains: 60, failures: 0 };

function world(backlog: () => Promise<Backlog | 'absent'>) {
  const lines: EmfLine[] = [];
  const told = (name: string) => lines.map(({ metrics }) => metrics[name]?.value);
  return { deps: { backlog, write: (line: EmfLine) => void lines.push(line), clock: () => 5 }, told };
}

describe('a run of the drain', () => {
  it('is told of with what waits when it is over', async () => {
    const { deps, told } = world(async () => ({ changes: 3, lagMs: 7 }));
    expect(await tellOf(Promise.resolve(done), deps)).toBe(done);
    expect([told('OutboxBacklog'), told('OutboxLag'), told('OutboxFailures')]).toEqual([[3], [20], [0]]);
  });

  it('that purged nothing fails, and what waits is told', async () => {
    const { deps, told } = world(async () => ({ changes: 9, lagMs: 61_000 }));
    await expect(tellOf(Promise.reject(new Error('401')), deps)).rejects.toThrow('401');
    expect([told('OutboxBacklog'), told('OutboxLag'), told('OutboxFailures')]).toEqual([[9], [61_000], [1]]);
  });

  it('that failed for want of the database fails by its own reason', async () => {
    const { deps, told } = world(() => Promise.reject(new Error('still away')));
    await expect(tellOf(Promise.reject(new Error('away')), deps)).rejects.toThrow('away');
    expect(told('OutboxBacklog')).toEqual([]);
  });

  it('has no figures where no table is watched', async () => {
    const { deps, told } = world(async () => 'absent');
    await tellOf(Promise.resolve(done), deps);
    expect(told('OutboxBacklog')).toEqual([]);
  });
});
