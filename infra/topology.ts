/**
 * The one typed description of what exists besides the edge: functions, queues, schedules, buckets. The local stack starts
 * what stands here, CDK draws the same.
 *
 * Units   timeouts and periods in seconds, memory in MB (the units of AWS's own limits)
 */

import { jobFunctions, jobQueues } from './job-topology.ts';
import type { BucketName, BucketSpec, CronSpec, FunctionSpec, QueueSpec } from './specs.ts';

export type * from './specs.ts';

const queues: Readonly<Record<string, QueueSpec>> = {
  ...jobQueues,
  /** Each source of pictures that was written or deleted. */
  'changed-sources': { visibilitySeconds: 365, maxReceives: 5, fedBy: 'images' },
};

export const topology = {
  buckets: {
    /** What functions read and write: the list of hot URLs, payloads that are too large for a message. */
    data: {},
    /** The pictures' sources, and nothing else: whoever knows a name sees what lies under it. */
    images: {},
    /** Made of the sources; one that is still asked for is made again. */
    variants: { expiresAfterDays: 90 },
    /** What was published, for everyone to see. */
    assets: {},
  },
  queues,
  functions: {
    'warm-cache': {
      entry: 'functions/warm-cache/handler.ts',
      memoryMb: 256,
      timeoutSeconds: 60,
      schedule: { everySeconds: 300 },
      reads: ['data'],
    },
    'optimize-image': {
      entry: 'functions/optimize-image/handler.ts',
      // As much as one whole processor comes with.
      memoryMb: 1_769,
      // Twice what a picture may take: before it its source is read, after it the variant is stored.
      timeoutSeconds: 40,
      url: { streams: true },
      native: ['sharp'],
      reads: ['images'],
      writes: ['variants'],
    },
    // Looks for changes of the database all the time: nearly a minute, each minute.
    'drain-outbox': {
      entry: 'functions/drain-outbox/handler.ts',
      memoryMb: 256,
      timeoutSeconds: 60,
      schedule: { everySeconds: 60 },
      outbox: true,
    },
    // The same for who cannot wait: one drain, for the edge, which does not wait for long.
    'drain-outbox-now': {
      entry: 'functions/drain-outbox/handler.ts',
      memoryMb: 256,
      timeoutSeconds: 8,
      outbox: true,
      calledByEdge: true,
    },
    'forget-variants': {
      entry: 'functions/forget-variants/handler.ts',
      memoryMb: 256,
      timeoutSeconds: 60,
      // What is uploaded together is told to CloudFront together.
      queues: [{ name: 'changed-sources', batchSize: 100, windowSeconds: 5, maxConcurrency: 2 }],
      clears: ['variants'],
      cdn: 'invalidates',
    },
    // Brings the edge's figures to CloudWatch.
    'publish-metrics': {
      entry: 'functions/publish-metrics/handler.ts',
      memoryMb: 256,
      timeoutSeconds: 30,
      schedule: { everySeconds: 60 },
      watches: 'figures',
      stack: 'monitoring',
    },
    // Decides which alarms are true, and tells what has changed.
    'watch-alerts': {
      entry: 'functions/watch-alerts/handler.ts',
      memoryMb: 256,
      timeoutSeconds: 30,
      schedule: { everySeconds: 60 },
      watches: 'alerts',
      jobs: 'watches',
      reads: ['data'],
      stack: 'monitoring',
    },
    // Makes people's word over scaling hold, and ends it.
    'apply-scaling': {
      entry: 'functions/apply-scaling/handler.ts',
      memoryMb: 256,
      timeoutSeconds: 30,
      schedule: { everySeconds: 60 },
      watches: 'scaling',
      stack: 'monitoring',
    },
    // For the edge, which does not wait for long; whoever asks again within five minutes is answered by the edge.
    'measure-cdns': {
      entry: 'functions/measure-cdns/handler.ts',
      memoryMb: 256,
      timeoutSeconds: 8,
      measuresCdns: true,
      calledByEdge: true,
    },
    ...jobFunctions,
  },
  /** By name. */
  crons: {
    // As a job and not as a function's own schedule: tried again when the database sleeps, watched, and asked for by day too.
    'nightly-analysis': { type: 'analysis', payload: {}, cron: '0 3 * * ? *' },
  },
} as const satisfies {
  buckets: Record<BucketName, BucketSpec>;
  queues: Record<string, QueueSpec>;
  functions: Record<string, FunctionSpec>;
  crons: Record<string, CronSpec>;
};
