/**
 * The queues and functions of the jobs, made from their catalogue: a queue for each lane of each type, a function for each
 * type with both lanes before it, and one that looks after the rows.
 *
 * Units   seconds, MB
 * Source  Lambda Developer Guide, "Configuring a queue"
 */

import {
  CATALOGUE,
  type Catalogue,
  JOB_TYPES,
  type JobType,
  lanesOf,
  queueNameOf,
} from '../shared/jobs/catalogue.ts';
import { functionTimeoutSeconds, visibilitySeconds } from '../shared/jobs/watch.ts';
import type { FunctionSpec, QueueSource, QueueSpec } from './specs.ts';

const catalogue: Catalogue = CATALOGUE;

/**
 * Attempts are counted in the rows, where a throttled or cold poller does not count; a message comes so often only when
 * nothing can be done with it, Redis being away for hours, say.
 */
const MAX_RECEIVES = 100;

const MEMORY_MB: Readonly<Record<JobType, number>> = {
  'file-processing': 2_048,
  'ai-training': 256,
  'search-indexing': 512,
  notifications: 256,
  reports: 1_024,
  invalidation: 256,
  // A whole Postgres in WebAssembly takes some 700; more memory is more processor, and the night is short.
  analysis: 3_008,
  warming: 256,
};

/** Carries a Postgres and its parser, which the bundle of the other types is spared. */
const ANALYSIS = {
  entry: 'functions/analyze-queries/handler.ts',
  native: ['@electric-sql/pglite', 'libpg-query'],
  stack: 'analysis',
  writes: ['data'],
} as const satisfies Partial<FunctionSpec>;

/** Carries CloudFront's client, and alone knows what CDNs are reached with. */
const INVALIDATION = {
  entry: 'functions/invalidate-cdn/handler.ts',
  reads: ['data'],
  tellsCdns: true,
} as const satisfies Partial<FunctionSpec>;

const OTHERS: Readonly<Partial<Record<JobType, typeof ANALYSIS | typeof INVALIDATION>>> = {
  analysis: ANALYSIS,
  invalidation: INVALIDATION,
};

export const jobQueues: Readonly<Record<string, QueueSpec>> = Object.fromEntries(
  JOB_TYPES.flatMap(type =>
    lanesOf(catalogue[type]).map(lane => [
      queueNameOf(type, lane),
      { visibilitySeconds: visibilitySeconds(catalogue[type]), maxReceives: MAX_RECEIVES },
    ]),
  ),
);

export type JobFunctionName = `process-${JobType}` | 'tend-jobs';

export const jobFunctions: Readonly<Record<JobFunctionName, FunctionSpec>> = {
  ...(Object.fromEntries(JOB_TYPES.map(type => [`process-${type}`, functionOf(type)])) as Record<
    `process-${JobType}`,
    FunctionSpec
  >),
  'tend-jobs': {
    entry: 'functions/tend-jobs/handler.ts',
    memoryMb: 256,
    timeoutSeconds: 60,
    schedule: { everySeconds: 60 },
    jobs: 'tends',
    reads: ['data'],
  },
};

function functionOf(type: JobType): FunctionSpec {
  return {
    ...(OTHERS[type] ?? { entry: 'functions/process-jobs/handler.ts', reads: ['data'] }),
    memoryMb: MEMORY_MB[type],
    timeoutSeconds: functionTimeoutSeconds(catalogue[type]),
    queues: lanesOf(catalogue[type]).map(lane => sourceOf(type, lane)),
    jobs: 'does',
  };
}

function sourceOf(type: JobType, lane: 'normal' | 'high'): QueueSource {
  const { batch, lanes } = catalogue[type];
  return {
    name: queueNameOf(type, lane),
    batchSize: batch.size,
    windowSeconds: batch.windowSeconds,
    maxConcurrency: lanes[lane]?.concurrency ?? 2,
  };
}
