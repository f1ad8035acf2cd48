/**
 * The routes of the jobs and of their queues.
 *
 * One path parameter, `job`, stands for the type where a job is made and for its id everywhere else: OpenAPI knows no two
 * paths that differ in the name of a parameter only.
 */

import { lazy } from '../primitives/lazy.ts';
import * as jobs from './jobs.ts';
import type { ApiProblem, RouteTable } from './route.ts';

const STORE: ApiProblem = {
  status: 503,
  code: 'JOB_STORE_UNAVAILABLE',
  says: 'Redis, which keeps the jobs, gave no answer: nothing is known to be done. Again after Retry-After.',
};
const QUEUE: ApiProblem = {
  status: 503,
  code: 'JOB_QUEUE_UNAVAILABLE',
  says: 'The queues gave no answer. Again after Retry-After.',
};
const ABSENT: ApiProblem = {
  status: 503,
  code: 'JOBS_ABSENT',
  says: 'This edge has no jobs: the detail names the setting that is missing.',
};
const UNKNOWN: ApiProblem = {
  status: 404,
  code: 'JOB_UNKNOWN',
  says: 'No job has this id, or not any more.',
};
const TYPE: ApiProblem = { status: 404, code: 'JOB_TYPE_UNKNOWN', says: 'There is no such type of job.' };

const COMMON = [STORE, ABSENT] as const;

export const JOB_ROUTES = lazy(
  () =>
    ({
      'POST /api/admin/jobs/:job': {
        id: 'enqueueJob',
        group: 'Jobs',
        summary: 'Enqueue a job',
        details:
          'Once accepted it will be done, whatever fails from then on. With an Idempotency-Key it can be sent again without being done twice.',
        access: 'token',
        path: jobs.TYPE_PATH,
        headers: jobs.ENQUEUE_HEADERS,
        body: jobs.ENQUEUE_DOCUMENT,
        answers: {
          202: { says: 'Accepted; Location is where it can be watched.', body: jobs.JOB, name: 'Job' },
          200: {
            says: 'The key has come before: the job it made, as it is now.',
            body: jobs.JOB,
            name: 'Job',
          },
        },
        problems: [
          { status: 400, code: 'JOB_INVALID', says: 'The body is wrong; the detail names the field.' },
          {
            status: 400,
            code: 'JOB_PAYLOAD_INVALID',
            says: 'The payload is not of this type; `issues` says where.',
          },
          { status: 400, code: 'JOB_OPTIONS_INVALID', says: 'Priority, delay or tenant are out of bounds.' },
          {
            status: 400,
            code: 'JOB_KEY_INVALID',
            says: 'Idempotency-Key is not 1 to 255 visible ASCII characters.',
          },
          TYPE,
          { status: 413, code: 'JOB_PAYLOAD_TOO_LARGE', says: 'The payload is larger than a job may carry.' },
          { status: 422, code: 'JOB_KEY_REUSED', says: 'The key has come before, with another payload.' },
          ...COMMON,
        ],
      },
      'GET /api/admin/jobs': {
        id: 'listJobs',
        group: 'Jobs',
        summary: 'Jobs, newest first, of a type or in a state',
        access: 'token',
        query: jobs.LIST_QUERY,
        answers: { 200: { says: 'A page of them.', body: jobs.JOB_PAGE } },
        problems: [
          { status: 400, code: 'JOB_QUERY_INVALID', says: 'A parameter is wrong; the detail names it.' },
          ...COMMON,
        ],
      },
      'GET /api/admin/jobs/:job': {
        id: 'getJob',
        group: 'Jobs',
        summary: 'One job as it is now',
        access: 'token',
        path: jobs.ID_PATH,
        answers: { 200: { says: 'The job.', body: jobs.JOB, name: 'Job' } },
        problems: [UNKNOWN, ...COMMON],
      },
      'GET /api/admin/jobs/:job/events': {
        id: 'watchJob',
        group: 'Jobs',
        summary: 'One job as it goes on, until it ends',
        details:
          'Events `state` (the job) and `progress` (percent, message, at); the stream ends with the job. Last-Event-ID goes on from there.',
        access: 'token',
        path: jobs.ID_PATH,
        answers: {
          200: { says: 'The events.', type: 'text/event-stream' },
          204: { says: 'Last-Event-ID was the last: nothing will follow.' },
        },
        problems: [UNKNOWN, ...COMMON],
      },
      'DELETE /api/admin/jobs/:job': {
        id: 'cancelJob',
        group: 'Jobs',
        summary: 'Cancel a job: at once where it waits, within three seconds where it runs',
        access: 'token',
        path: jobs.ID_PATH,
        answers: {
          200: { says: 'It is cancelled.', body: jobs.JOB, name: 'Job' },
          202: { says: 'It runs, and has been told to stop.', body: jobs.JOB, name: 'Job' },
        },
        problems: [UNKNOWN, { status: 409, code: 'JOB_ENDED', says: 'It has ended another way.' }, ...COMMON],
      },
      'POST /api/admin/jobs/:job/retry': {
        id: 'retryJob',
        group: 'Jobs',
        summary: 'Begin a dead, cancelled or failed job anew, with all its attempts',
        access: 'token',
        path: jobs.ID_PATH,
        answers: { 202: { says: 'It is queued.', body: jobs.JOB, name: 'Job' } },
        problems: [
          UNKNOWN,
          { status: 409, code: 'JOB_NOT_RETRYABLE', says: 'It is under way, or has succeeded.' },
          ...COMMON,
        ],
      },
      'GET /api/admin/queues': {
        id: 'listQueues',
        group: 'Jobs',
        summary: 'How much waits, runs and has died, by type and lane',
        access: 'token',
        answers: { 200: { says: 'Every type.', body: jobs.QUEUES } },
        problems: [QUEUE, ...COMMON],
      },
      'POST /api/admin/queues/:type/redrive': {
        id: 'redriveQueue',
        group: 'Jobs',
        summary: 'Bring the dead jobs of a type back, so many a second',
        access: 'token',
        path: jobs.QUEUE_PATH,
        body: jobs.REDRIVE_BODY,
        answers: { 202: { says: 'They are coming back.', body: jobs.REDRIVEN } },
        problems: [
          { status: 400, code: 'REDRIVE_INVALID', says: 'The body is wrong; the detail names the field.' },
          TYPE,
          QUEUE,
          ...COMMON,
        ],
      },
    }) as const satisfies RouteTable,
);
