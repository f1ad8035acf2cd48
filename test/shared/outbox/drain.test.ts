import { describe, expect, it } from 'vitest';
import { drain } from '../../../shared/outbox/drain.ts';
import type { Change } from '../../../shared/outbox/outbox-store.ts';
import { createTestClock } from '../../fakes/clock.ts';

function world(changes: Change[]) {
  const clock = createTestClock();
  const [purges, calls]: [string[][], string[]] = [[], []];
  const deps = {
    clock,
    purge: async (tags: readonly string[]) => {
      purges.push([...tags]);
      calls.push('purge');
    },
    store: {
      read: async (most: number) => {
        calls.push('read');
        return changes.slice(0, most);
      },
      forget: async (ids: readonly string[]) => {
        calls.push('forget');
        for (const id of ids)
          changes.splice(
            changes.findIndex(change => change.id === id),
            1,
          );
      },
    },
  };
  return { deps, clock, purges, calls, stopAt: clock() + 1_000 };
}

const change = (id: number, at: number, ...tags: string[]): Change => ({ id: String(id), at, tags });

describe('drain', () => {
  it('is one read where there is nothing', async () => {
    const { deps, calls, stopAt } = world([]);
    expect(await drain(deps, { stopAt })).toMatchObject({ state: 'current', changes: 0, purges: 0 });
    expect(calls).toEqual(['read']);
  });

  it('purges what it read at once, before it forgets it, and tells how long it had waited', async () => {
    const { deps, clock, calls, purges, stopAt } = world([]);
    const changes = [change(1, clock() - 700, 'a'), change(2, clock() - 40, 'b', 'a')];
    const store = { ...deps.store, read: async () => changes };
    expect(await drain({ ...deps, store }, { stopAt })).toEqual({
      ...{ state: 'current', changes: 2, tags: 2, purges: 1, refused: 0, lagMs: 700 },
    });
    expect([purges, calls]).toEqual([[['a', 'b']], ['purge', 'forget']]);
  });

  it('reads on until a read comes short', async () => {
    const { deps, calls, stopAt } = world([1, 2, 3].map(id => change(id, 0, `t${id}`)));
    expect(await drain(deps, { stopAt, mostChanges: 2 })).toMatchObject({ state: 'current', changes: 3 });
    expect(calls.filter(call => call === 'read')).toHaveLength(2);
  });

  it('begins no purge when its time is over, and says that it is behind', async () => {
    const { deps, clock, purges } = world([change(1, 0, 'a')]);
    expect(await drain(deps, { stopAt: clock() })).toMatchObject({ state: 'behind', changes: 0 });
    expect(purges).toEqual([]);
  });

  it('purges nothing for a change without a usable tag, and forgets it', async () => {
    const { deps, calls, stopAt } = world([change(1, 0, 'no tag')]);
    expect(await drain(deps, { stopAt })).toMatchObject({ changes: 1, purges: 0, refused: 1 });
    expect(calls).toEqual(['read', 'forget']);
  });

  it('forgets nothing that could not be purged', async () => {
    const changes = [change(1, 0, 'a')];
    const { deps, stopAt } = world(changes);
    const purge = () => Promise.reject(new Error('the edge is down'));
    await expect(drain({ ...deps, purge }, { stopAt })).rejects.toThrow('the edge is down');
    expect(changes).toHaveLength(1);
  });

  it('says where there is no outbox', async () => {
    const { deps, stopAt } = world([]);
    const store = { ...deps.store, read: async () => 'absent' as const };
    expect(await drain({ ...deps, store }, { stopAt })).toMatchObject({ state: 'absent' });
  });
});
