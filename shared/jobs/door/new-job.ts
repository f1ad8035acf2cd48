/**
 * Checks what is to be enqueued, and makes the row that will be written for it.
 *
 * Shape   type, payload, options -> row, and its payload's text where that is too large for a row | refusal
 * Errors  none: a refusal is a value
 */

import type * as z from 'zod/mini';
import { formatPath, wordIssue } from '../../config/wrong-field.ts';
import { hashText } from '../../primitives/hash.ts';
import type { CreateId } from '../../primitives/ids.ts';
import type { Catalogue, JobType, Lane } from '../catalogue.ts';
import { isDeeperThan } from '../depth.ts';
import { DEFAULT_PRIORITY, DEFAULT_TENANT, HIGH_PRIORITY } from '../job.ts';
import { createJobId, keyedJobId } from '../job-id.ts';
import type { NewJob } from '../job-store.ts';
import type { EnqueueOptions, Refused } from '../jobs.ts';
import { INLINE_BYTES, LARGEST_PAYLOAD_BYTES } from '../payload-store.ts';
import { watchAt } from '../watch.ts';

export interface NewJobContext {
  readonly catalogue: Catalogue;
  readonly createId: CreateId;
  readonly now: number;
  /** Whether there is a place for large payloads. */
  readonly takesLarge: boolean;
}

export interface Prepared {
  readonly kind: 'prepared';
  readonly row: NewJob;
  /** To be checked in before the row is written. */
  readonly large?: { readonly key: string; readonly json: string };
}

const DEEPEST = 64;
const TOO_DEEP = `The payload is nested deeper than ${DEEPEST} levels.`;
export const LONGEST_JOB_DELAY_MS = 365 * 24 * 60 * 60 * 1000;
const TENANT = /^[A-Za-z0-9._:@-]{1,64}$/;
const KEY = /^[\x21-\x7e](?:[\x20-\x7e]{0,253}[\x21-\x7e])?$/;

export async function prepareJob(
  type: JobType,
  { payload, ...options }: EnqueueOptions & { readonly payload: unknown },
  context: NewJobContext,
): Promise<Prepared | Refused> {
  const wrong = findWrongOption(options);
  if (wrong) return { kind: 'refused', code: 'JOB_OPTIONS_INVALID', detail: wrong };
  if (isDeeperThan(payload, DEEPEST))
    return { kind: 'refused', code: 'JOB_PAYLOAD_INVALID', detail: TOO_DEEP };
  const checked = context.catalogue[type].payload().safeParse(payload, { error: wordIssue });
  if (!checked.success) return refusedPayload(checked.error.issues);
  const json = JSON.stringify(checked.data);
  const size = new TextEncoder().encode(json).byteLength;
  const room = context.takesLarge ? LARGEST_PAYLOAD_BYTES : INLINE_BYTES;
  if (size > room)
    return {
      kind: 'refused',
      code: 'JOB_PAYLOAD_TOO_LARGE',
      detail: `A payload may have ${room} bytes; this one has ${size}.`,
    };
  return place(await rowOf(type, options, { ...context, json, size }), json, size);
}

function findWrongOption({ priority, delayMs, tenant, idempotencyKey }: EnqueueOptions): string | undefined {
  if (priority !== undefined && !isWhole(priority, 1, 10))
    return 'priority must be a whole number from 1 to 10';
  if (delayMs !== undefined && !isWhole(delayMs, 0, LONGEST_JOB_DELAY_MS))
    return 'the delay must be at most a year';
  if (tenant !== undefined && !TENANT.test(tenant)) return 'tenant must be 1 to 64 of A-Z a-z 0-9 . _ : @ -';
  if (idempotencyKey !== undefined && !KEY.test(idempotencyKey))
    return 'the idempotency key must be 1 to 255 visible ASCII characters';
  return undefined;
}

function isWhole(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}

function refusedPayload(issues: readonly z.core.$ZodIssue[]): Refused {
  const told = issues.map(issue => ({ path: formatPath(issue, ''), message: issue.message }));
  const [first] = told;
  return {
    kind: 'refused',
    code: 'JOB_PAYLOAD_INVALID',
    detail: `${first?.path || 'the payload'} ${first?.message ?? 'is wrong'}.`,
    issues: told,
  };
}

async function rowOf(
  type: JobType,
  { priority = DEFAULT_PRIORITY, delayMs = 0, tenant = DEFAULT_TENANT, idempotencyKey }: EnqueueOptions,
  { catalogue, createId, now, json, size }: NewJobContext & { readonly json: string; readonly size: number },
): Promise<NewJob> {
  const id =
    idempotencyKey === undefined
      ? createJobId(type, createId)
      : await keyedJobId({ type, tenant, key: idempotencyKey });
  // Nobody comes again with an id made by chance, and hashing thousands is half the time of enqueueing them.
  const needsFingerprint = idempotencyKey !== undefined || size > INLINE_BYTES;
  const lane: Lane = priority >= HIGH_PRIORITY && catalogue[type].lanes.high ? 'high' : 'normal';
  return {
    id,
    type,
    lane,
    tenant,
    priority,
    createdAt: now,
    payload: { kind: 'inline', json },
    fingerprint: needsFingerprint ? await hashText(json) : '',
    ...(delayMs > 0 && { runAt: now + delayMs }),
    watchAt: watchAt.unsent(now),
  };
}

/** The key names the content too: another payload under the same idempotency key must not replace what is waiting. */
function place(row: NewJob, json: string, size: number): Prepared {
  if (size <= INLINE_BYTES) return { kind: 'prepared', row };
  const key = `jobs/${row.id}/${row.fingerprint}.json`;
  return { kind: 'prepared', row: { ...row, payload: { kind: 'claim-check', key } }, large: { key, json } };
}
