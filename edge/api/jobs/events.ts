/**
 * GET …/jobs/:id/events: a job as it goes on, until it ends.
 *
 * Shape   200 text/event-stream of `state` and `progress`, with comments where nothing happens; 204 where Last-Event-ID was
 *         the last, which tells an EventSource to stop
 * Units   milliseconds
 * Errors  404 JOB_UNKNOWN; while Redis is away the stream goes on in silence, and tells all when it is back
 * Cost    one read of the row each second for each stream; a stream ends after five minutes, and its reader goes on from
 *         there. workerd tells that a reader has gone when something is written: with the next event or comment
 * Source  HTML Standard, "Server-sent events"
 */

import type { Context } from 'hono';
import type { Job } from '../../../shared/jobs/job.ts';
import { isEnded } from '../../../shared/jobs/job.ts';
import type { Jobs } from '../../../shared/jobs/jobs.ts';
import type { Clock } from '../../../shared/primitives/clock.ts';
import { eventsSince, type Told } from './job-events.ts';
import { unknownJob } from './problems.ts';

export interface EventsDeps {
  readonly clock: Clock;
  readonly sleep: (ms: number) => Promise<void>;
}

const POLL_MS = 1_000;
const HEARTBEAT_MS = 15_000;
/** A Worker may make a thousand requests for one of its client's. */
const LONGEST_MS = 300_000;
const HEADERS = { 'content-type': 'text/event-stream', 'cache-control': 'no-store' };

export function events(deps: EventsDeps) {
  return async (context: Context, jobs: Jobs): Promise<Response> => {
    const job = await jobs.get(context.req.param('job') ?? '');
    if (!job) return unknownJob();
    const told = lastTold(context.req.header('last-event-id'));
    if (told && isEnded(job.state) && job.revision <= told.revision)
      return new Response(null, { status: 204 });
    const stream = streamOf(signal => follow({ first: job, told, jobs, signal, ...deps }));
    return new Response(stream, { headers: HEADERS });
  };
}

function lastTold(field: string | undefined): Told | undefined {
  return field !== undefined && /^\d{1,15}$/.test(field) ? { revision: Number(field) } : undefined;
}

interface Following extends EventsDeps {
  readonly first: Job;
  readonly told: Told | undefined;
  readonly jobs: Pick<Jobs, 'get'>;
  /** Aborted when the reader has gone. */
  readonly signal: AbortSignal;
}

async function* follow({ first, told, jobs, signal, clock, sleep }: Following): AsyncGenerator<string> {
  yield `retry: ${POLL_MS}\n\n`;
  const endsAt = clock() + LONGEST_MS;
  let [job, known, spokeAt]: [Job | null, Told | undefined, number] = [first, told, clock()];
  while (job && !signal.aborted) {
    const happened = eventsSince(known, job);
    yield* happened;
    if (isEnded(job.state) || clock() >= endsAt) return;
    if (happened.length > 0) spokeAt = clock();
    known = job;
    await sleep(POLL_MS);
    job = await read(jobs, job);
    if (clock() - spokeAt < HEARTBEAT_MS) continue;
    // A connection on which nothing is said is cut by what stands between.
    yield ': nothing new\n\n';
    spokeAt = clock();
  }
}

/** What cannot be read now stands as it stood. */
function read(jobs: Pick<Jobs, 'get'>, job: Job): Promise<Job | null> {
  return jobs.get(job.id).catch(() => job);
}

/** Asks for the next text only when the reader has room for it, and stops asking when the reader has gone. */
function streamOf(tell: (signal: AbortSignal) => AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const gone = new AbortController();
  const texts = tell(gone.signal);
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await texts.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    cancel() {
      gone.abort();
    },
  });
}
