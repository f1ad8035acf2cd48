/**
 * What a topology may say of a function, a queue and a cron entry.
 *
 * Units   timeouts and periods in seconds, memory in MB (the units of AWS's own limits)
 */

import type { JobType } from '../shared/jobs/catalogue.ts';

export interface FunctionSpec {
  /** The file whose export `handler` the Lambda runtime calls, from the project's root. */
  readonly entry: `functions/${string}/handler.ts`;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  /** Runs the function on a schedule, with EventBridge's event. */
  readonly schedule?: { readonly everySeconds: number };
  /** Feed the function; it answers with the failed messages only. */
  readonly queues?: readonly QueueSource[];
  /** Does jobs, looks after all of them, or only looks and enqueues notifications: it reaches their rows and queues. */
  readonly jobs?: 'does' | 'tends' | 'watches';
  /** Answers HTTP at a Function URL, to signed requests only; its handler streams the response. */
  readonly url?: { readonly streams: true };
  /** Packages it finds beside its bundle: each brings programs for the machine it runs on, or files that it reads. @default none */
  readonly native?: readonly BesideBundle[];
  /** Buckets it may read. */
  readonly reads?: readonly BucketName[];
  /** Buckets it may read and write. */
  readonly writes?: readonly BucketName[];
  /** Buckets it may list, and delete what lies in them. */
  readonly clears?: readonly BucketName[];
  /** Tells the distribution, where there is one, what it may no longer serve. */
  readonly cdn?: 'invalidates';
  /** Tells the CDNs of headrace.config.ts, and knows what they are reached with. */
  readonly tellsCdns?: true;
  /** Purges what the database says has changed: it reaches the database, and the edge as an administrator. */
  readonly outbox?: true;
  /** Reads what the edge counts, and publishes it, decides alarms by it, or applies what people say of scaling. */
  readonly watches?: 'figures' | 'alerts' | 'scaling';
  /** Asks the CDNs of headrace.config.ts what they did, and knows what they are reached with. */
  readonly measuresCdns?: true;
  /** The edge may invoke it, by name. */
  readonly calledByEdge?: true;
  /** In which stack it is drawn. @default 'images' for what has a URL, 'jobs' for the others */
  readonly stack?: FunctionStack;
}

/** The stacks that have functions, in the order in which they need each other. */
export type FunctionStack = 'images' | 'jobs' | 'analysis' | 'monitoring';

/** What no bundle can hold. */
export type BesideBundle = 'sharp' | '@electric-sql/pglite' | 'libpg-query';

export interface QueueSource {
  readonly name: string;
  readonly batchSize: number;
  /** How long a batch may fill; more than ten messages need a second. @default 0 */
  readonly windowSeconds?: number;
  /** Batches that run at once. @default as many as the account allows */
  readonly maxConcurrency?: number;
}

/** A job that is enqueued again and again, once for each time it is due. */
export interface CronSpec {
  readonly type: JobType;
  readonly payload: unknown;
  /** As EventBridge has it, in UTC: minutes hours day-of-month month day-of-week year, for example '0 3 * * ? *'. */
  readonly cron: string;
}

export interface QueueSpec {
  /** How long a received message stays hidden; AWS asks for at least six times the consumer's timeout. */
  readonly visibilitySeconds: number;
  /** Deliveries before a message moves to the dead-letter queue, which is named `<queue>-dlq`. */
  readonly maxReceives: number;
  /** A bucket whose changes come into the queue: each object that was written or deleted there. @default none */
  readonly fedBy?: BucketName;
}

export interface BucketSpec {
  /** What lies there longer is deleted: it can be made again. @default nothing ever is */
  readonly expiresAfterDays?: number;
}

export type BucketName = 'data' | 'images' | 'variants' | 'assets';
