/**
 * The drains of a history: several at once, each going on by one call at a time, failing, losing an answer, or dying at it; and the
 * last call of one that died may still arrive.
 */

import type { ModelCache } from './cache.ts';
import type { ModelDatabase, Versions } from './database.ts';
import type { Floor } from './floor.ts';
import { type DrainFunction, type SteppedDrain, startDrain } from './stepped-drain.ts';

export interface World {
  readonly database: ModelDatabase;
  readonly cache: ModelCache;
  readonly floor: Floor;
}

interface Running {
  readonly drain: SteppedDrain;
  /** What was committed when it last read. */
  readonly read: () => Versions;
}

const MOST_AT_ONCE = 3;

/** What becomes of a call, by chance from 0 to 1. */
function fateOf(chance: number) {
  if (chance < 0.03) return 'died';
  if (chance < 0.06) return 'died-and-arrives-late';
  if (chance < 0.09) return 'failed';
  return chance < 0.12 ? 'answer-lost' : 'done';
}

export function createDrains(run: DrainFunction, { database, cache, floor }: World) {
  const running: Running[] = [];
  const late: (() => void)[] = [];
  const leave = (one: Running) => void running.splice(running.indexOf(one), 1);

  async function begin(mostChanges: number): Promise<Running> {
    let read = database.committed();
    const drain = await startDrain(
      run,
      {
        read: most => {
          read = database.committed();
          return database.read(most);
        },
        purge: cache.purge,
        forget: ids => {
          for (const { row, version } of database.forget(ids)) floor.raise(row, version);
        },
      },
      mostChanges,
    );
    const begun = { drain, read: () => read };
    running.push(begun);
    return begun;
  }

  async function step(one: Running, chance: number): Promise<void> {
    const call = one.drain.pending();
    if (!call) return end(one);
    const fate = fateOf(chance);
    if (fate === 'died-and-arrives-late') late.push(call.effect);
    if (fate === 'died' || fate === 'died-and-arrives-late') return leave(one);
    if (fate !== 'failed') call.effect();
    await (fate === 'done' ? call.answer() : call.fail());
  }

  function end(one: Running): void {
    if (one.drain.result()?.state === 'current') floor.raiseTo(one.read());
    leave(one);
  }

  return {
    running,
    step,
    begin: (mostChanges: number) => (running.length < MOST_AT_ONCE ? begin(mostChanges) : undefined),
    arriveLate: () => late.pop()?.(),
    /** One more, that nothing happens to, after all that was still on its way. */
    async finish(): Promise<void> {
      for (const effect of late.splice(0)) effect();
      const last = await begin(1);
      while (last.drain.pending()) await step(last, 1);
    },
  };
}
