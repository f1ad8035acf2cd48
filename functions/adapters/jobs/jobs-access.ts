/**
 * What a function finds in its environment to reach the jobs: their Redis, their queues, and what is there besides.
 *
 * Shape   environment -> JobsAccess
 * Errors  Error naming the setting that is missing: without it the function does not start
 */

import { type Environment, requiredSetting } from '../required-setting.ts';

export interface JobsAccess {
  readonly redis: { readonly url: string; readonly token: string };
  /** A queue's URL is this with its name behind it. */
  readonly queueUrl: string;
  /** Where large payloads lie. */
  readonly bucket: string;
  readonly databaseUrl: string | undefined;
  /** Only local services have an endpoint of their own. */
  readonly endpoint: string | undefined;
}

export function readJobsAccess(environment: Environment): JobsAccess {
  const setting = (name: string) => requiredSetting(environment, name);
  return {
    redis: { url: setting('JOBS_REDIS_REST_URL'), token: setting('JOBS_REDIS_REST_TOKEN') },
    queueUrl: setting('JOBS_QUEUE_URL'),
    bucket: setting('DATA_BUCKET'),
    databaseUrl: environment.DATABASE_URL || undefined,
    endpoint: environment.AWS_ENDPOINT_URL || undefined,
  };
}
