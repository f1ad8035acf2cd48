/**
 * POST …/jobs/:type: accepts a job; with an Idempotency-Key only once.
 *
 * Shape   {payload, priority?, delaySeconds?, tenant?} -> 202 job, Location; 200 job where the key has come before
 * Errors  400 JOB_INVALID, JOB_PAYLOAD_INVALID, JOB_OPTIONS_INVALID, JOB_KEY_INVALID; 404 JOB_TYPE_UNKNOWN; 413
 *         JOB_PAYLOAD_TOO_LARGE; 422 JOB_KEY_REUSED; 503 JOB_STORE_UNAVAILABLE
 * Source  RFC 9110 §15.3.3; draft-ietf-httpapi-idempotency-key-header §2.6, §2.7
 */

import type { Context } from 'hono';
import { ENQUEUE_BODY, type EnqueueBody } from '../../../shared/api/jobs.ts';
import { isJobType, type JobType, type PayloadOf } from '../../../shared/jobs/catalogue.ts';
import type { Enqueued, EnqueueOptions, Jobs } from '../../../shared/jobs/jobs.ts';
import { LARGEST_PAYLOAD_BYTES } from '../../../shared/jobs/payload-store.ts';
import { readBody } from '../read-body.ts';
import { parseIdempotencyKey } from './idempotency-key.ts';
import { jobResponse } from './job-response.ts';
import { invalid, keyInvalid, refused, tooLarge, unknownType } from './problems.ts';

/** The largest payload, and what stands around it. */
const LONGEST_BODY_BYTES = LARGEST_PAYLOAD_BYTES + 64 * 1024;

export async function enqueue(context: Context, jobs: Jobs): Promise<Response> {
  const type = context.req.param('job') ?? '';
  if (!isJobType(type)) return unknownType();
  const key = parseIdempotencyKey(context.req.header('idempotency-key'));
  if (key.kind === 'wrong') return keyInvalid();
  const text = await context.req.text();
  if (text.length > LONGEST_BODY_BYTES) return tooLarge(LONGEST_BODY_BYTES);
  const read = readBody(text, ENQUEUE_BODY());
  if (!read.ok) return invalid('JOB_INVALID', read.words);
  const options = optionsOf(read.value, key.kind === 'key' ? key.key : undefined);
  return answer(await enqueueAs(jobs, type, { payload: read.value.payload, options }), context);
}

/** The engine checks the payload: to it, what came by HTTP is as good as its schema finds it. */
function enqueueAs(
  jobs: Jobs,
  type: JobType,
  { payload, options }: { readonly payload: unknown; readonly options: EnqueueOptions },
): Promise<Enqueued> {
  return jobs.enqueue(type, payload as PayloadOf<typeof type>, options);
}

function optionsOf(
  { priority, delaySeconds, tenant }: EnqueueBody,
  idempotencyKey: string | undefined,
): EnqueueOptions {
  return {
    ...(priority !== undefined && { priority }),
    ...(delaySeconds !== undefined && { delayMs: delaySeconds * 1000 }),
    ...(tenant !== undefined && { tenant }),
    ...(idempotencyKey !== undefined && { idempotencyKey }),
  };
}

function answer(enqueued: Enqueued, context: Context): Response {
  if (enqueued.kind === 'refused') return refused(enqueued);
  const { job } = enqueued;
  const location = new URL(context.req.url).pathname.replace(/[^/]+\/?$/, job.id);
  return jobResponse(job, { status: enqueued.kind === 'accepted' ? 202 : 200, headers: { location } });
}
