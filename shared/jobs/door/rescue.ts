/**
 * Looks after the rows whose watch is due: sends what was never sent or got lost, buries the dead whose letter was not
 * written, and removes from the lists what has gone.
 *
 * Shape   the instant to stop -> what was done
 * Units   instants epoch ms
 * Errors  RedisUnavailable; what a queue would not take stays on watch
 * Cost    two round trips for a hundred rows; two, of twenty-five commands in all, when there is nothing to do
 */

import type { Clock } from '../../primitives/clock.ts';
import { type Catalogue, JOB_TYPES } from '../catalogue.ts';
import type { JobQueue } from '../job-queue.ts';
import type { JobStore, Overdue } from '../job-store.ts';
import { letterOf } from '../letter.ts';
import { watchAt } from '../watch.ts';
import type { Dispatch } from './dispatch.ts';

export interface RescueDeps {
  readonly store: Pick<JobStore, 'takeOverdue' | 'confirmMany' | 'prune'>;
  readonly queue: Pick<JobQueue, 'deadLetter'>;
  readonly dispatch: Dispatch;
  readonly catalogue: Catalogue;
  readonly clock: Clock;
  readonly log: (entry: object) => void;
}

export interface Rescued {
  readonly sent: number;
  readonly buried: number;
  readonly pruned: number;
}

const AT_ONCE = 100;

export function createRescue({ store, queue, dispatch, catalogue, clock, log }: RescueDeps) {
  async function bury({ job, death }: Overdue & { kind: 'bury' }, watchedAt: number): Promise<void> {
    try {
      await queue.deadLetter(job, letterOf({ ...job, death }));
      await store.confirmMany([{ id: job.id, from: watchedAt, to: 'never' }]);
    } catch (error) {
      log({ event: 'job-unburied', job: job.id, reason: String(error) });
    }
  }

  async function rescueSome(): Promise<{ sent: number; buried: number }> {
    const now = clock();
    const watchedAt = watchAt.taken(now);
    const attemptsOf = (type: keyof Catalogue) => catalogue[type].attempts;
    const overdue = await store.takeOverdue({ now, limit: AT_ONCE, watchAt: watchedAt, attemptsOf });
    const lost = overdue.flatMap(each => (each.kind === 'send' ? [{ job: each.job, watchedAt }] : []));
    const dead = overdue.flatMap(each => (each.kind === 'bury' ? [each] : []));
    await Promise.all([dispatch(lost), ...dead.map(each => bury(each, watchedAt))]);
    return { sent: lost.length, buried: dead.length };
  }

  /** Goes on while there is much: what ends in a busy minute has to go within one too. */
  async function pruneUntil(stopAt: number): Promise<number> {
    let [pruned, some] = [0, 0];
    do {
      some = await store.prune(JOB_TYPES, { now: clock(), limit: AT_ONCE });
      pruned += some;
    } while (some >= AT_ONCE && clock() < stopAt);
    return pruned;
  }

  return async (stopAt: number): Promise<Rescued> => {
    let [sent, buried] = [0, 0];
    while (clock() < stopAt) {
      const some = await rescueSome();
      sent += some.sent;
      buried += some.buried;
      if (some.sent + some.buried === 0) break;
    }
    return { sent, buried, pruned: await pruneUntil(stopAt) };
  };
}
