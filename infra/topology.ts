/**
 * The one typed description of what exists besides the edge: functions, queues, schedules, buckets. The local stack starts
 * what stands here, CDK draws the same.
 *
 * Units   timeouts and periods in seconds, memory in MB (the units of AWS's own limits)
 */

import { jobFunctions, jobQueues } from './job-topology.ts';
import type { BucketName, CronSpec, FunctionSpec, QueueSpec } from './specs.ts';

export type * from './specs.ts';

export const topology = {
  buckets: {
    /** What functions read and write: today the list of hot URLs. */
    data: {},
  },
  queues: jobQueues,
  functions: {
    'warm-cache': {
      entry: 'functions/warm-cache/handler.ts',
      memoryMb: 256,
      timeoutSeconds: 60,
      schedule: { everySeconds: 300 },
      reads: ['data'],
    },
    ...jobFunctions,
  },
  /** By name. */
  crons: {},
} as const satisfies {
  buckets: Record<BucketName, object>;
  queues: Record<string, QueueSpec>;
  functions: Record<string, FunctionSpec>;
  crons: Record<string, CronSpec>;
};
