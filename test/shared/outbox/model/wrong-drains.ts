/** Drains as one might write them, each with the fault that the histories must find. */

import { type Drained, drain, NOTHING } from '../../../../shared/outbox/drain.ts';
import type { DrainFunction } from './stepped-drain.ts';

/** Forgets first: who dies then takes the change along. */
const forgetsFirst: DrainFunction = async ({ store, purge }, { mostChanges = 1 }) => {
  const changes = await store.read(mostChanges);
  if (changes === 'absent') return NOTHING;
  await store.forget(changes.map(({ id }) => id));
  if (changes.length > 0)
    await purge(
      changes.flatMap(({ tags }) => tags),
      '',
    );
  return doneWith(changes.length, mostChanges);
};

/** Takes all ids up to the last one for done, as a cursor does: whoever wrote before and commits later is skipped. */
const goesByCursor: DrainFunction = async ({ store, purge }, { mostChanges = 1 }) => {
  const changes = await store.read(mostChanges);
  if (changes === 'absent') return NOTHING;
  if (changes.length > 0)
    await purge(
      changes.flatMap(({ tags }) => tags),
      '',
    );
  const last = Number(changes.at(-1)?.id ?? 0);
  await store.forget(Array.from({ length: last }, (_, at) => String(at + 1)));
  return doneWith(changes.length, mostChanges);
};

/** Says that all is done after one read, however much was left. */
const endsTooSoon: DrainFunction = async (deps, { mostChanges = 1 }) => {
  let reads = 0;
  const read = async (most: number) => {
    reads += 1;
    return reads > 1 ? [] : deps.store.read(most);
  };
  return drain({ ...deps, store: { ...deps.store, read } }, { stopAt: 1, mostChanges });
};

/** Takes a purge that failed for one that was done. */
const ignoresFailures: DrainFunction = ({ purge, ...deps }, limits) =>
  drain({ ...deps, purge: (...given) => purge(...given).catch(() => {}) }, limits);

export const WRONG_DRAINS = { forgetsFirst, goesByCursor, endsTooSoon, ignoresFailures };

function doneWith(changes: number, most: number): Drained {
  return { ...NOTHING, state: changes < most ? 'current' : 'behind' };
}
