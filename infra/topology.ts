/**
 * The one typed description of what exists besides the edge: functions, queues, schedules, buckets. The local stack starts
 * what stands here, CDK draws the same.
 *
 * Units   timeouts and periods in seconds, memory in MB (the units of AWS's own limits)
 */

export interface FunctionSpec {
  /** The file whose export `handler` the Lambda runtime calls, from the project's root. */
  readonly entry: `functions/${string}/handler.ts`;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  /** Runs the function on a schedule, with EventBridge's event. */
  readonly schedule?: { readonly everySeconds: number };
  /** Feeds the function from a queue; it answers with the failed messages only. */
  readonly queue?: { readonly name: QueueName; readonly batchSize: number };
  /** Buckets it may read. */
  readonly reads?: readonly BucketName[];
}

export interface QueueSpec {
  /** How long a received message stays hidden; AWS asks for at least six times the consumer's timeout. */
  readonly visibilitySeconds: number;
  /** Deliveries before a message moves to the dead-letter queue, which is named `<queue>-dlq`. */
  readonly maxReceives: number;
}

export type BucketName = 'data';
export type QueueName = 'warming';

export const topology = {
  buckets: {
    /** What functions read and write: today the list of hot URLs. */
    data: {},
  },
  queues: {
    warming: { visibilitySeconds: 360, maxReceives: 3 },
  },
  functions: {
    'warm-cache': {
      entry: 'functions/warm-cache/handler.ts',
      memoryMb: 256,
      timeoutSeconds: 60,
      schedule: { everySeconds: 300 },
      queue: { name: 'warming', batchSize: 10 },
      reads: ['data'],
    },
  },
} as const satisfies {
  buckets: Record<BucketName, object>;
  queues: Record<QueueName, QueueSpec>;
  functions: Record<string, FunctionSpec>;
};
