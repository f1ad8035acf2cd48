/**
 * Every kind of job there is: what it carries, how often and how fast it is tried, and how much of it may run at once.
 * Queues, functions and the API are made from this table.
 *
 * Units   ms; a batch's window in seconds, as AWS has it
 */

import type * as z from 'zod/mini';
import { PAYLOADS, type Payloads } from './payloads.ts';

export const LANES = ['normal', 'high'] as const;
export type Lane = (typeof LANES)[number];

export interface JobSpec {
  /** Built when it is first asked for. */
  readonly payload: () => z.ZodMiniType;
  /** After so many attempts that failed a job is dead. */
  readonly attempts: number;
  /** Attempt n is followed by a random wait from 0 to min(capMs, baseMs · 2^(n−1)). */
  readonly backoff: { readonly baseMs: number; readonly capMs: number };
  /** One attempt's time; then its signal aborts. */
  readonly timeoutMs: number;
  readonly batch: { readonly size: number; readonly windowSeconds: number };
  /** A queue for each, with its own share of consumers: neither waits behind the other. */
  readonly lanes: { readonly normal: LaneSpec; readonly high?: LaneSpec };
  /** Jobs of one named tenant that may run at once. */
  readonly perTenant: number;
}

export interface LaneSpec {
  /** Batches that run at once. */
  readonly concurrency: number;
}

export type JobType = keyof Payloads;
export type PayloadOf<Type extends JobType> = Payloads[Type];
export type Catalogue = Readonly<Record<JobType, JobSpec>>;

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const ONE_BY_ONE = { size: 1, windowSeconds: 0 } as const;
const lanes = (high: number, normal: number) => ({
  normal: { concurrency: normal },
  high: { concurrency: high },
});

export const CATALOGUE = {
  'file-processing': {
    payload: PAYLOADS['file-processing'],
    attempts: 5,
    backoff: { baseMs: 10 * SECOND, capMs: 30 * MINUTE },
    timeoutMs: 300 * SECOND,
    batch: ONE_BY_ONE,
    lanes: lanes(20, 10),
    perTenant: 8,
  },
  /** Starts a training elsewhere and hands back where: no function lives as long as a training. */
  'ai-training': {
    payload: PAYLOADS['ai-training'],
    attempts: 3,
    backoff: { baseMs: MINUTE, capMs: 6 * HOUR },
    timeoutMs: 60 * SECOND,
    batch: ONE_BY_ONE,
    lanes: lanes(2, 2),
    perTenant: 1,
  },
  'search-indexing': {
    payload: PAYLOADS['search-indexing'],
    attempts: 6,
    backoff: { baseMs: 5 * SECOND, capMs: 10 * MINUTE },
    timeoutMs: 60 * SECOND,
    batch: { size: 100, windowSeconds: 2 },
    lanes: lanes(5, 5),
    perTenant: 200,
  },
  notifications: {
    payload: PAYLOADS.notifications,
    attempts: 8,
    backoff: { baseMs: 2 * SECOND, capMs: 15 * MINUTE },
    timeoutMs: 30 * SECOND,
    batch: { size: 10, windowSeconds: 1 },
    lanes: lanes(20, 10),
    perTenant: 50,
  },
  reports: {
    payload: PAYLOADS.reports,
    attempts: 4,
    backoff: { baseMs: 30 * SECOND, capMs: HOUR },
    timeoutMs: 600 * SECOND,
    batch: ONE_BY_ONE,
    lanes: lanes(5, 3),
    perTenant: 2,
  },
  invalidation: {
    payload: PAYLOADS.invalidation,
    attempts: 8,
    backoff: { baseMs: 2 * SECOND, capMs: 5 * MINUTE },
    timeoutMs: 60 * SECOND,
    batch: ONE_BY_ONE,
    lanes: { normal: { concurrency: 2 } },
    perTenant: 2,
  },
  analysis: {
    payload: PAYLOADS.analysis,
    attempts: 3,
    backoff: { baseMs: 5 * MINUTE, capMs: HOUR },
    timeoutMs: 600 * SECOND,
    batch: ONE_BY_ONE,
    lanes: { normal: { concurrency: 2 } },
    perTenant: 1,
  },
  warming: {
    payload: PAYLOADS.warming,
    attempts: 3,
    backoff: { baseMs: 10 * SECOND, capMs: 5 * MINUTE },
    timeoutMs: 60 * SECOND,
    batch: { size: 10, windowSeconds: 1 },
    lanes: { normal: { concurrency: 2 } },
    perTenant: 10,
  },
} as const satisfies Catalogue;

export const JOB_TYPES = Object.keys(CATALOGUE) as readonly JobType[];

export function isJobType(text: string): text is JobType {
  return Object.hasOwn(CATALOGUE, text);
}

/** The lanes a type has, `normal` first. */
export function lanesOf(spec: Pick<JobSpec, 'lanes'>): readonly Lane[] {
  return LANES.filter(lane => spec.lanes[lane] !== undefined);
}

/** A queue bears the name of its type, with `-high` behind it for the high lane. */
export function queueNameOf(type: JobType, lane: Lane): string {
  return lane === 'high' ? `${type}-high` : type;
}
