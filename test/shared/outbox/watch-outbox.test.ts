import { describe, expect, it } from 'vitest';
import { type Drained, NOTHING } from '../../../shared/outbox/drain.ts';
import { watchOutbox } from '../../../shared/outbox/watch-outbox.ts';
import { createTestClock } from '../../fakes/clock.ts';

function world(answers: readonly (Partial<Drained> | Error)[]) {
  const clock = createTestClock(0);
  const [waits, logged]: [number[], object[]] = [[], []];
  let drains = 0;
  const deps = {
    clock,
    drain: async () => {
      const answer = answers[Math.min(drains, answers.length - 1)] ?? {};
      drains += 1;
      if (answer instanceof Error) throw answer;
      return { ...NOTHING, ...answer };
    },
    sleep: async (ms: number) => {
      waits.push(ms);
      clock.advance(ms);
    },
    log: (entry: object) => void logged.push(entry),
  };
  return { deps, waits, logged };
}

describe('watchOutbox', () => {
  it('drains at its interval until its time is over, and adds up', async () => {
    const { deps, waits } = world([{ changes: 1, tags: 2, purges: 1, lagMs: 30 }, { lagMs: 5 }]);
    const watched = await watchOutbox(deps, { until: 3_500, everyMs: 1_000 });
    // The last look is at the end, so that as little as can be is left unseen.
    expect(waits).toEqual([1_000, 1_000, 1_000, 500]);
    expect(watched).toEqual({
      ...{ state: 'current', changes: 1, tags: 2, purges: 1, refused: 0, lagMs: 30, drains: 5, failures: 0 },
    });
  });

  it('drains once where there is no interval', async () => {
    const { deps, waits } = world([{}]);
    expect(await watchOutbox(deps, { until: 60_000, everyMs: 0 })).toMatchObject({ drains: 1 });
    expect(waits).toEqual([]);
  });

  it('goes on looking where there is no outbox yet', async () => {
    const { deps } = world([{ state: 'absent' }, { changes: 2 }, {}]);
    const watched = await watchOutbox(deps, { until: 1_500, everyMs: 1_000 });
    expect(watched).toMatchObject({ state: 'current', changes: 2, drains: 3 });
  });

  it('waits longer and longer after failures, up to ten seconds, and tells each', async () => {
    const down = new Error('down');
    const { deps, waits, logged } = world([{}, down, down, down, down, down, {}]);
    const watched = await watchOutbox(deps, { until: 40_000, everyMs: 1_000 });
    expect(waits.slice(0, 7)).toEqual([1_000, 2_000, 4_000, 8_000, 10_000, 10_000, 1_000]);
    expect(watched.failures).toBe(5);
    expect(logged).toHaveLength(5);
  });

  it('rejects with the last failure where nothing succeeded', async () => {
    const { deps } = world([new Error('first'), new Error('last')]);
    await expect(watchOutbox(deps, { until: 10_000, everyMs: 1_000 })).rejects.toThrow('last');
  });
});
