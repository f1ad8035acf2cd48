/**
 * Plays one random history: transactions side by side, pages loaded and kept, drains that overlap, fail and die at any step. Says
 * what went wrong.
 *
 * Shape   drain, seed -> undefined, or a sentence
 */

import { createSeededRandom } from '../../../../shared/primitives/seeded-random.ts';
import { createCache, type Load, PAGES } from './cache.ts';
import { createDatabase, ROWS } from './database.ts';
import { createDrains } from './drains.ts';
import { createFloor, findTooOld } from './floor.ts';
import type { DrainFunction } from './stepped-drain.ts';

const STEPS = 80;

export async function playHistory(run: DrainFunction, seed: number): Promise<string | undefined> {
  const { move, finish, tooOld, lost } = createPlay(run, createSeededRandom(seed));
  for (let step = 0; step < STEPS; step += 1) {
    await move();
    const wrong = tooOld();
    if (wrong) return `history ${seed}, step ${step}: ${wrong}`;
  }
  await finish();
  const wrong = tooOld() ?? lost();
  return wrong && `history ${seed}, at its end: ${wrong}`;
}

function createPlay(run: DrainFunction, random: () => number) {
  const [database, cache, floor] = [createDatabase(), createCache(), createFloor()];
  const drains = createDrains(run, { database, cache, floor });
  const loads: Load[] = [];
  const below = (bound: number) => Math.floor(random() * bound);
  /** Does something with one of them, if there is one. */
  const one = <Item>(items: readonly Item[], use: (item: Item) => unknown) => {
    const item = items[below(items.length)];
    return item === undefined ? undefined : use(item);
  };

  const write = () => one(database.open, transaction => database.write(transaction, below(ROWS.length)));
  const stepDrain = () => one(drains.running, running => drains.step(running, random()));
  const moves = [
    database.begin,
    write,
    write,
    () => one(database.open, database.commit),
    () => one(database.open, transaction => below(4) === 0 && database.rollback(transaction)),
    () => one(PAGES, page => loads.push(cache.begin(page))),
    () => one(loads, readPage),
    () => one(loads, keepPage),
    drains.arriveLate,
    () => drains.begin(1 + below(3)),
    stepDrain,
    stepDrain,
    stepDrain,
  ];

  function readPage(load: Load): void {
    load.read ??= database.committed();
  }

  function keepPage(load: Load): void {
    if (!load.read) return;
    loads.splice(loads.indexOf(load), 1);
    cache.keep(load);
  }

  return {
    move: () => one(moves, move => move()),
    async finish(): Promise<void> {
      for (const transaction of [...database.open]) database.commit(transaction);
      await drains.finish();
      floor.raiseTo(database.committed());
    },
    tooOld: () => findTooOld(cache.stored(), floor.versions()),
    lost: () => (database.waiting() > 0 ? `${database.waiting()} changes were never drained` : undefined),
  };
}
