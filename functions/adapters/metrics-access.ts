/**
 * What a function finds in its environment to read what the edge counts, and to tell CloudWatch.
 *
 * Shape   environment -> MetricsAccess
 * Errors  Error naming the setting that is missing: without it the function does not start
 */

import type { AwsCredentials } from '../../shared/aws/signed-fetch.ts';

export interface MetricsAccess {
  readonly redis: { readonly url: string; readonly token: string };
  /** As the edge has it. */
  readonly keyPrefix: string;
}

export interface CloudWatchAccess {
  readonly namespace: string;
  /** Whether routes have series of their own. */
  readonly byRoute: boolean;
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: AwsCredentials;
}

type Environment = Readonly<Record<string, string | undefined>>;

export function readMetricsAccess(environment: Environment): MetricsAccess {
  return {
    redis: {
      url: setting(environment, 'UPSTASH_REDIS_REST_URL'),
      token: setting(environment, 'UPSTASH_REDIS_REST_TOKEN'),
    },
    keyPrefix: environment.METRICS_KEY_PREFIX || 'headrace',
  };
}

export function readCloudWatchAccess(environment: Environment): CloudWatchAccess {
  const region = setting(environment, 'AWS_REGION');
  const sessionToken = environment.AWS_SESSION_TOKEN;
  return {
    namespace: setting(environment, 'METRICS_NAMESPACE'),
    byRoute: environment.METRICS_BY_ROUTE === 'on',
    endpoint: environment.AWS_ENDPOINT_URL || `https://monitoring.${region}.amazonaws.com`,
    region,
    credentials: {
      accessKeyId: setting(environment, 'AWS_ACCESS_KEY_ID'),
      secretAccessKey: setting(environment, 'AWS_SECRET_ACCESS_KEY'),
      ...(sessionToken && { sessionToken }),
    },
  };
}

function setting(environment: Environment, name: string): string {
  const value = environment[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}
