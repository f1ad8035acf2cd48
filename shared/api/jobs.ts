/**
 * What the routes of the jobs take and answer.
 *
 * Units   instants epoch ms, percent 0 to 100; delays in seconds, as AWS has them
 * Errors  the words of a refusal follow the name of the field
 */

import * as z from 'zod/mini';
import { JOB_TYPES, LANES } from '../jobs/catalogue.ts';
import { DEFAULT_PRIORITY, DEFAULT_TENANT, HIGH_PRIORITY, JOB_STATES } from '../jobs/job.ts';
import { PAYLOADS } from '../jobs/payloads.ts';
import { lazy } from '../primitives/lazy.ts';

export const LONGEST_DELAY_SECONDS = 365 * 86_400;
export const MOST_PER_SECOND = 500;
export const MOST_LISTED = 100;

/** The payload is checked by its type, which the path names. */
export const ENQUEUE_BODY = lazy(() => z.strictObject({ payload: z.unknown(), ...enqueueOptions() }));

/** The same for the document, which knows no path when it describes a body. */
export const ENQUEUE_DOCUMENT = lazy(() =>
  z.strictObject({
    payload: z
      .union(JOB_TYPES.map(type => PAYLOADS[type]().check(z.describe(`Of ${type}.`))))
      .check(z.describe('What the job needs to know; each type has its own.')),
    ...enqueueOptions(),
  }),
);

export const ENQUEUE_HEADERS = lazy(() =>
  z.object({
    'Idempotency-Key': z
      .optional(z.string())
      .check(z.describe('1 to 255 visible ASCII characters, quoted or not: the same key is the same job.')),
  }),
);

export const TYPE_PATH = lazy(() => z.object({ job: z.enum(JOB_TYPES).check(z.describe('The type.')) }));
export const ID_PATH = lazy(() => z.object({ job: z.string().check(z.describe('The id.')) }));
export const QUEUE_PATH = lazy(() => z.object({ type: z.enum(JOB_TYPES) }));

export const LIST_QUERY = lazy(() =>
  z.strictObject({
    type: z.optional(z.enum(JOB_TYPES)),
    state: z.optional(z.enum(JOB_STATES)),
    limit: z.optional(
      z.coerce
        .number()
        .check(
          z.int('must be a whole number'),
          z.minimum(1),
          z.maximum(MOST_LISTED),
          z.describe('50 where none is given.'),
        ),
    ),
    cursor: z.optional(
      z
        .string()
        .check(
          z.regex(/^\d{1,16}:[a-z-]+[0-9a-f]{24}$/, 'must be what the page before gave'),
          z.describe('Where the page before ended.'),
        ),
    ),
  }),
);

export const REDRIVE_BODY = lazy(() =>
  z.strictObject({
    perSecond: wholeNumber(1, MOST_PER_SECOND, 'Jobs that come back each second, all lanes together.'),
  }),
);

export const JOB = lazy(() =>
  z.object({
    id: z.string(),
    type: z.enum(JOB_TYPES),
    state: z.enum(JOB_STATES),
    lane: z.enum(LANES),
    tenant: z.string(),
    priority: z.int(),
    createdAt: z.int(),
    changedAt: z.int(),
    revision: said(z.int(), 'Of two readings the higher is the newer.'),
    attempts: said(z.int(), 'Begun since the job was enqueued, or retried by a person.'),
    repeats: said(z.int(), 'Effects for the outside that may have happened twice.'),
    progress: z.optional(progress()),
    runAt: z.optional(said(z.int(), 'Of a scheduled job: when it joins its queue.')),
    startedAt: z.optional(z.int()),
    leaseUntil: z.optional(said(z.int(), 'Of a running job: when it is looked after if nothing is heard.')),
    cancelRequestedAt: z.optional(z.int()),
    nextAttemptAt: z.optional(z.int()),
    endedAt: z.optional(z.int()),
    result: z.optional(said(z.unknown(), 'What the task gave back.')),
    error: z.optional(z.object({ code: z.string(), message: z.string() })),
  }),
);

export const JOB_PAGE = lazy(() =>
  z.object({
    jobs: said(z.array(JOB()), 'Newest first.'),
    cursor: z.optional(said(z.string(), 'Absent on the last page.')),
  }),
);

export const QUEUES = lazy(() =>
  z.object({
    queues: z.array(
      z.object({
        type: z.enum(JOB_TYPES),
        states: said(z.record(z.enum(JOB_STATES), z.int()), 'How many jobs are in each.'),
        oldestQueuedMs: z.optional(said(z.number(), 'How long the oldest job has waited.')),
        lanes: z.array(
          z.object({
            lane: z.enum(LANES),
            concurrency: said(z.int(), 'Batches that may run at once.'),
            visible: z.int(),
            inFlight: z.int(),
            delayed: z.int(),
            deadLetters: z.int(),
          }),
        ),
      }),
    ),
  }),
);

export const REDRIVEN = lazy(() =>
  z.object({
    type: z.enum(JOB_TYPES),
    perSecond: z.int(),
    lanes: z.array(
      z.object({
        lane: z.enum(LANES),
        start: said(
          z.enum(['started', 'running']),
          'Running: an earlier one has not ended, and goes on at its own rate.',
        ),
      }),
    ),
  }),
);

export type { JobType, PayloadOf } from '../jobs/catalogue.ts';
export type { JobState } from '../jobs/job.ts';

export type EnqueueBody = z.output<ReturnType<typeof ENQUEUE_BODY>>;
export type JobView = z.output<ReturnType<typeof JOB>>;
export type JobPageView = z.output<ReturnType<typeof JOB_PAGE>>;
export type QueuesView = z.output<ReturnType<typeof QUEUES>>;
export type Redriven = z.output<ReturnType<typeof REDRIVEN>>;

function enqueueOptions() {
  const priority = `From ${HIGH_PRIORITY} on the high lane. ${DEFAULT_PRIORITY} where none is given.`;
  return {
    priority: z.optional(wholeNumber(1, 10, priority)),
    delaySeconds: z.optional(wholeNumber(0, LONGEST_DELAY_SECONDS, 'Not to begin before so long from now.')),
    tenant: z.optional(
      z
        .string()
        .check(
          z.regex(/^[A-Za-z0-9._:@-]{1,64}$/, 'must be 1 to 64 of A-Z a-z 0-9 . _ : @ -'),
          z.describe(
            `Whose job it is: none waits behind another's crowd. ${DEFAULT_TENANT} where none is given.`,
          ),
        ),
    ),
  };
}

function wholeNumber(least: number, most: number, words: string) {
  return z.int().check(z.minimum(least), z.maximum(most), z.describe(words));
}

function progress() {
  return z.object({ percent: z.number(), message: z.optional(z.string()), at: z.int() });
}

function said<Schema extends z.ZodMiniType>(schema: Schema, words: string): Schema {
  return schema.check(z.describe(words));
}
