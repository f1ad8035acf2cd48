/**
 * Does jobs of the type `invalidation`: tells every CDN what is to go, and the row what each has done.
 *
 * A job that has to wait, because a CDN's rate or what it lets be in progress says so, comes back later and no attempt is
 * counted. One that was killed goes on from its last call. Only what failed is sent again.
 *
 * Shape   InvalidationOrder -> { cdns: name -> CdnReport }
 * Errors  Postponed; Error CDN_INVALIDATION_INCOMPLETE is tried again; PermanentError with the CDN's code where trying cannot
 *         help, CDN_NOT_CONFIGURED for a name that headrace.config.ts has not. The reports stand in the row in every case
 * Cost    as invalidate()
 */

import { type InvalidateDeps, invalidate } from '../../shared/cdn/carry-out/invalidate.ts';
import { NoSuchCdn } from '../../shared/cdn/carry-out/plan-runs.ts';
import { PermanentError } from '../../shared/jobs/permanent-error.ts';
import { Postponed } from '../../shared/jobs/postponed.ts';
import type { Task } from '../../shared/jobs/worker/task.ts';

/** Of an attempt's sixty seconds; a call that began at its end still has time for its answer and a new token. */
const TIME_MS = 35_000;

export function createInvalidationTask(deps: InvalidateDeps): Task<'invalidation'> {
  return async (order, { id, attempt, signal, clock, progress }) => {
    const tell = (done: number, planned: number, words: string) =>
      progress(planned === 0 ? 100 : Math.floor((100 * done) / planned), words);
    const task = { job: id, attempt, signal, until: clock() + TIME_MS, tell };
    const { cdns, verdict } = await invalidate(order, task, deps).catch(failure => {
      throw failure instanceof NoSuchCdn
        ? new PermanentError('CDN_NOT_CONFIGURED', failure.message)
        : failure;
    });
    const result = { cdns };
    switch (verdict.kind) {
      case 'done':
        return result;
      case 'later':
        throw new Postponed(verdict.afterMs, verdict.message, { result });
      case 'again':
        throw Object.assign(new Error(verdict.message), { code: 'CDN_INVALIDATION_INCOMPLETE', result });
      case 'refused':
        throw new PermanentError(verdict.code, verdict.message, { result });
    }
  };
}
