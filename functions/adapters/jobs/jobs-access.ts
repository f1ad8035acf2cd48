/**
 * What a function finds in its environment to reach the jobs: their Redis, their queues, and what is there besides.
 *
 * Shape   environment -> JobsAccess
 * Errors  Error naming the setting that is missing: without it the function does not start
 */

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

type Environment = Readonly<Record<string, string | undefined>>;

export function readJobsAccess(environment: Environment): JobsAccess {
  const setting = (name: string): string => {
    const value = environment[name];
    if (!value) throw new Error(`${name} is not set`);
    return value;
  };
  return {
    redis: { url: setting('JOBS_REDIS_REST_URL'), token: setting('JOBS_REDIS_REST_TOKEN') },
    queueUrl: setting('JOBS_QUEUE_URL'),
    bucket: setting('DATA_BUCKET'),
    databaseUrl: environment.DATABASE_URL || undefined,
    endpoint: environment.AWS_ENDPOINT_URL || undefined,
  };
}
