/**
 * Turns what the outbox holds into purges, until it holds nothing that was committed when it was last read.
 *
 * A change is purged first and forgotten then, so whoever dies in between leaves it to the next, who purges it once more:
 * at least once, never not at all. Any number of drains may run at once: each forgets only what it has itself purged. What was
 * committed before an answer that says `current` began to be read is purged, all of it: that is the order which counts, for
 * purges themselves have none.
 *
 * Shape   { store, purge, clock } -> how much was done
 * Units   milliseconds
 * Errors  OutboxUnavailable, or what the purge rejects with; what was done until then is done
 * Cost    a read, and for each batch a purge and a statement that forgets; a read alone when there is nothing
 */

import type { Clock } from '../primitives/clock.ts';
import { type Batch, planBatches } from './batches.ts';
import type { Change, OutboxStore } from './outbox-store.ts';

export interface DrainDeps {
  readonly store: Pick<OutboxStore, 'read' | 'forget'>;
  /** Resolves once no cache will give out what these tags were on; of the same changes it is the same purge. */
  readonly purge: (tags: readonly string[], changes: string) => Promise<void>;
  readonly clock: Clock;
}

export interface DrainLimits {
  /** No batch is begun after it. */
  readonly stopAt: number;
  /** Of one read. @default 200 */
  readonly mostChanges?: number;
}

export interface Drained {
  /** `current`: nothing is left of what was committed when the last read began. */
  readonly state: 'current' | 'behind' | 'absent';
  readonly changes: number;
  readonly tags: number;
  readonly purges: number;
  /** Tags that no page can bear. */
  readonly refused: number;
  /** The longest that one of the changes had waited for its purge. */
  readonly lagMs: number;
}

const MOST_CHANGES = 200;
export const NOTHING: Drained = { state: 'current', changes: 0, tags: 0, purges: 0, refused: 0, lagMs: 0 };

export async function drain(deps: DrainDeps, limits: DrainLimits): Promise<Drained> {
  const { mostChanges = MOST_CHANGES, stopAt } = limits;
  let done = NOTHING;
  for (;;) {
    const changes = await deps.store.read(mostChanges);
    if (changes === 'absent') return { ...done, state: 'absent' };
    const lagMs = ageOf(changes, deps.clock());
    for (const batch of planBatches(changes)) {
      if (deps.clock() >= stopAt) return { ...done, state: 'behind' };
      await empty(batch, deps);
      done = addUp(done, batch, lagMs);
    }
    if (changes.length < mostChanges) return { ...done, state: 'current' };
  }
}

async function empty({ tags, ids, changes }: Batch, { purge, store }: DrainDeps): Promise<void> {
  if (tags.length > 0) await purge(tags, changes);
  await store.forget(ids);
}

function addUp(done: Drained, { tags, ids, refused }: Batch, lagMs: number): Drained {
  return {
    ...done,
    changes: done.changes + ids.length,
    tags: done.tags + tags.length,
    purges: done.purges + (tags.length > 0 ? 1 : 0),
    refused: done.refused + refused,
    lagMs: Math.max(done.lagMs, lagMs),
  };
}

/** The database's clock and ours may differ a little. */
function ageOf(changes: readonly Change[], now: number): number {
  return changes.reduce((oldest, { at }) => Math.max(oldest, now - at), 0);
}
