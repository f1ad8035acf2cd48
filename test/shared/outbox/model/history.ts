/**
 * Plays one random history: transactions side by side, pages loaded and served, drains that overlap, fail and die at any step,
 * whose last call may still arrive when they are gone. Says what went wrong.
 *
 * Shape   drain, seed -> undefined, or a sentence
 */

import { createSeededRandom } from '../../../../shared/primitives/seeded-random.ts';
import { createCache, type Load, PAGES } from './cache.ts';
import { createDatabase, ROWS, type Versions } from './database.ts';
import { type DrainFunction, type SteppedDrain, startDrain } from './stepped-drain.ts';

const STEPS = 80;
const MOST_DRAINS = 3;

interface RunningDrain {
  readonly drain: SteppedDrain;
  /** What was committed when it last read. */
  read: Versions;
}

export async function playHistory(run: DrainFunction, seed: number): Promise<string | undefined> {
  const random = createSeededRandom(seed);
  const below = (bound: number) => Math.floor(random() * bound);
  const pick = <Item>(items: readonly Item[]): Item | undefined => items[below(items.length)];
  const database = createDatabase();
  const cache = createCache();
  const loads: Load[] = [];
  const drains: RunningDrain[] = [];
  const late: (() => void)[] = [];
  /** No page may show less. */
  const floor: number[] = ROWS.map(() => 0);
  const raise = (row: number, version: number) => {
    floor[row] = Math.max(floor[row] ?? 0, version);
  };

  async function beginDrain(): Promise<void> {
    const state = { read: database.committed() };
    const effects = {
      read: (most: number) => {
        state.read = database.committed();
        return database.read(most);
      },
      purge: cache.purge,
      forget: (ids: readonly string[]) => {
        for (const { row, version } of database.forget(ids)) raise(row, version);
      },
    };
    const drain = await startDrain(run, effects, 1 + below(3));
    drains.push(Object.assign(state, { drain }));
  }

  async function stepDrain(running: RunningDrain, fate: number): Promise<void> {
    const call = running.drain.pending();
    if (!call) return end(running);
    if (fate < 0.03) return die(running);
    if (fate < 0.06) {
      late.push(call.effect);
      return die(running);
    }
    const arrives = fate >= 0.09;
    if (arrives) call.effect();
    if (fate >= 0.12) await call.answer();
    else await call.fail();
  }

  function end(running: RunningDrain): void {
    const isCurrent = running.drain.result()?.state === 'current';
    if (isCurrent) for (const row of ROWS) raise(row, running.read[row] ?? 0);
    die(running);
  }

  const die = (running: RunningDrain) => void drains.splice(drains.indexOf(running), 1);

  const moves = [
    () => database.begin(),
    () => with_(pick(database.open), transaction => database.write(transaction, below(ROWS.length))),
    () => with_(pick(database.open), transaction => database.write(transaction, below(ROWS.length))),
    () => with_(pick(database.open), database.commit),
    () => with_(pick(database.open), transaction => (below(4) ? undefined : database.rollback(transaction))),
    () => with_(pick(PAGES), page => loads.push(cache.begin(page))),
    () => with_(pick(loads), load => (load.read ??= database.committed())),
    () => with_(pick(loads), load => (load.read ? keep(load) : undefined)),
    () => with_(late.pop(), effect => effect()),
    () => (drains.length < MOST_DRAINS ? beginDrain() : undefined),
    () => with_(pick(drains), running => stepDrain(running, random())),
    () => with_(pick(drains), running => stepDrain(running, random())),
    () => with_(pick(drains), running => stepDrain(running, random())),
  ];

  function keep(load: Load): void {
    loads.splice(loads.indexOf(load), 1);
    cache.keep(load);
  }

  /** Of whatever is stored: it could be served now. */
  function tooOld(least: Versions): string | undefined {
    for (const [{ tag, rows }, versions] of cache.stored())
      for (const row of rows)
        if ((versions[row] ?? 0) < (least[row] ?? 0))
          return `${tag} shows version ${versions[row]} of row ${row}, and ${least[row]} was drained`;
    return undefined;
  }

  for (let step = 0; step < STEPS; step += 1) {
    await pick(moves)?.();
    const wrong = tooOld(floor);
    if (wrong) return `history ${seed}, step ${step}: ${wrong}`;
  }
  for (const transaction of [...database.open]) database.commit(transaction);
  for (const effect of late) effect();
  await beginDrain();
  const last = drains.at(-1);
  while (last?.drain.pending()) await stepDrain(last, 1);
  const wrong = tooOld(database.committed());
  if (wrong) return `history ${seed}, at its end: ${wrong}`;
  return database.waiting() > 0
    ? `history ${seed}: ${database.waiting()} changes were never drained`
    : undefined;
}

function with_<Item>(item: Item | undefined, use: (item: Item) => unknown): unknown {
  return item === undefined ? undefined : use(item);
}
