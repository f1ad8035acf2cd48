/**
 * Shows a job until it ends.
 *
 * Shape   events -> the job as it ended
 * Errors  those of the events; without an end, that the watch was lost
 */

import type { JobView } from '../../../shared/api/jobs.ts';
import type { JobEvent } from '../../../shared/client/client.ts';
import type { Bar } from './bar.ts';
import { stateOf } from './words.ts';

export async function watchWithBar(events: AsyncIterable<JobEvent>, bar: Bar): Promise<JobView | undefined> {
  let job: JobView | undefined;
  try {
    for await (const event of events) {
      if (event.kind === 'state') job = event.job;
      const progress = event.kind === 'progress' ? event.progress : event.job.progress;
      const percent = job?.state === 'succeeded' ? 100 : (progress?.percent ?? 0);
      bar.show(percent, wordsOf(job, progress));
    }
  } finally {
    bar.end();
  }
  return job;
}

function wordsOf(job: JobView | undefined, progress: JobView['progress']): string {
  const attempt = job && job.attempts > 1 ? `, attempt ${job.attempts}` : '';
  const message = progress?.message ? `: ${progress.message}` : '';
  return job ? `${stateOf(job)}${attempt}${message}` : '';
}
