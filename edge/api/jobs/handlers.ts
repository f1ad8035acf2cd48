/**
 * The routes of the jobs over the engine's door, which is opened when the first of them is asked for.
 *
 * Errors  503 JOBS_ABSENT where the settings give no engine; 503 JOB_STORE_UNAVAILABLE, JOB_QUEUE_UNAVAILABLE with
 *         Retry-After where what stands behind it is down
 */

import type { Context, Handler } from 'hono';
import type { Jobs } from '../../../shared/jobs/jobs.ts';
import { enqueue } from './enqueue.ts';
import { type EventsDeps, events } from './events.ts';
import { list } from './list.ts';
import { cancel, get, retry } from './one.ts';
import { absent, unavailable } from './problems.ts';
import { queues, redrive } from './queues.ts';

export interface JobHandlers {
  readonly enqueue: Handler;
  readonly list: Handler;
  readonly get: Handler;
  readonly events: Handler;
  readonly cancel: Handler;
  readonly retry: Handler;
  readonly queues: Handler;
  readonly redrive: Handler;
}

export type OpenedJobs =
  | { readonly ok: true; readonly jobs: Jobs }
  /** The sentence names the setting that is missing. */
  | { readonly ok: false; readonly sentence: string };

export interface JobHandlersDeps extends EventsDeps {
  readonly open: () => OpenedJobs;
}

type Act = (context: Context, jobs: Jobs) => Promise<Response>;

export function jobHandlers({ open, ...deps }: JobHandlersDeps): JobHandlers {
  const over =
    (act: Act): Handler =>
    async context => {
      const opened = open();
      return opened.ok ? act(context, opened.jobs).catch(unavailable) : absent(opened.sentence);
    };
  return {
    enqueue: over(enqueue),
    list: over(list),
    get: over(get),
    events: over(events(deps)),
    cancel: over(cancel),
    retry: over(retry),
    queues: over(queues),
    redrive: over(redrive),
  };
}
