/**
 * POST …/cache/invalidate: a purge that goes on to the other CDNs, from the inside out: Redis, this isolate, the cache in front,
 * and then a job that tells every CDN of headrace.config.ts.
 *
 * What cannot be done is refused before anything is; once the purge is done, a job that is not accepted is told, and sending the
 * whole again does no harm.
 *
 * Shape   as purge, with {cdns?, wait?} -> 202 {…, job, cdns}, Location of the job
 * Errors  as purge; 400 CDN_NOT_CONFIGURED, JOB_KEY_INVALID; 422 JOB_KEY_REUSED; 503 JOBS_ABSENT, CDN_INVALIDATION_UNSENT
 * Cost    as purge, and as enqueueing a job
 */

import type { Context } from 'hono';
import { INVALIDATE_BODY } from '../../shared/api/cache.ts';
import { INVALIDATION_ORDER, type InvalidationOrder } from '../../shared/cdn/order.ts';
import type { Enqueued, Jobs } from '../../shared/jobs/jobs.ts';
import { problemResponse } from '../problem-response.ts';
import { invalidationOrderOf } from './invalidation-order.ts';
import type { OpenedJobs } from './jobs/handlers.ts';
import { parseIdempotencyKey } from './jobs/idempotency-key.ts';
import { absent, invalid, keyInvalid, refused } from './jobs/problems.ts';
import { acceptedResponse, type PurgeDeps, purgeIncomplete, purgeOrdered } from './purge.ts';
import { parseOrder } from './purge-order.ts';
import { readValue } from './read-body.ts';

export interface InvalidateDeps extends PurgeDeps {
  /** The CDNs of the configuration, by name. */
  readonly cdns: readonly string[];
  readonly open: () => OpenedJobs;
  /** Headrace's own prefix. */
  readonly base: string;
}

export function invalidate(deps: InvalidateDeps) {
  const { cdns: configured, open, base } = deps;
  return async (context: Context): Promise<Response> => {
    const parsed = parseOrder(await context.req.text(), INVALIDATE_BODY);
    if (parsed.kind === 'refused') return problemResponse(parsed.problem);
    const { order, more } = parsed;
    const unknown = more.cdns?.find(name => !configured.includes(name));
    if (unknown !== undefined) return notConfigured(unknown, configured);
    const key = parseIdempotencyKey(context.req.header('idempotency-key'));
    if (key.kind === 'wrong') return keyInvalid();
    const jobs = configured.length > 0 ? open() : undefined;
    if (jobs && !jobs.ok) return absent(jobs.sentence);
    const payload = invalidationOrderOf(order, more, context.req.url);
    const checked = jobs && readValue(payload, INVALIDATION_ORDER(), 'the body');
    if (checked?.ok === false) return invalid('PURGE_INVALID', checked.words);

    const purged = await purgeOrdered(context, order, deps);
    if (!purged) return purgeIncomplete();
    if (!jobs) return acceptedResponse({ ...purged, job: null, cdns: [] });
    const enqueued = await enqueue(jobs.jobs, payload, key.kind === 'key' ? key.key : undefined);
    if (enqueued.kind === 'refused')
      return enqueued.code === 'JOB_STORE_UNAVAILABLE' ? unsent() : refused(enqueued);
    const { id } = enqueued.job;
    const answer = { ...purged, job: id, cdns: more.cdns ?? configured };
    return acceptedResponse(answer, { location: `${base}/api/admin/jobs/${id}` });
  };
}

function enqueue(
  jobs: Jobs,
  payload: InvalidationOrder,
  idempotencyKey: string | undefined,
): Promise<Enqueued> {
  return jobs.enqueue('invalidation', payload, idempotencyKey === undefined ? {} : { idempotencyKey });
}

function notConfigured(name: string, configured: readonly string[]): Response {
  const known =
    configured.length > 0 ? `It has ${configured.join(', ')}.` : 'It has none: name them under cdns.';
  const title = 'The invalidation cannot be understood';
  const detail = `headrace.config.ts has no CDN named ${name.slice(0, 80)}. ${known}`;
  return problemResponse({ status: 400, code: 'CDN_NOT_CONFIGURED', title, detail });
}

function unsent(): Response {
  const detail =
    'This edge and its Redis are purged, the CDNs know nothing: the job was not accepted. Send it again.';
  return problemResponse(
    { status: 503, code: 'CDN_INVALIDATION_UNSENT', title: 'The CDNs are not told', detail },
    { 'retry-after': '5' },
  );
}
