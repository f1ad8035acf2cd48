/**
 * What the queues and rows of the jobs look like now.
 *
 * Shape   reports of the queues -> SeenJobs, one for each type
 * Errors  none (total)
 */

import { ENDED_STATES } from '../../shared/jobs/job.ts';
import type { QueueReport } from '../../shared/jobs/jobs.ts';
import type { SeenJobs } from '../../shared/monitoring/watching/observe.ts';

export function seenJobsOf(reports: readonly QueueReport[]): readonly SeenJobs[] {
  return reports.map(({ type, states, oldestQueuedMs = 0, lanes }) => ({
    type,
    waiting: states.queued,
    oldestMs: oldestQueuedMs,
    deadLetters: lanes.reduce((sum, lane) => sum + lane.deadLetters, 0),
    ended: Object.fromEntries(ENDED_STATES.map(state => [state, states[state]])),
  }));
}
