/**
 * What a function finds in its environment to read what the edge counts, and to tell CloudWatch.
 *
 * Shape   environment -> MetricsAccess
 * Errors  Error naming the setting that is missing: without it the function does not start
 */

import type { AwsCredentials } from '../../shared/aws/signed-fetch.ts';
import { type Environment, requiredSetting } from './required-setting.ts';

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

export function readMetricsAccess(environment: Environment): MetricsAccess {
  return {
    redis: {
      url: requiredSetting(environment, 'UPSTASH_REDIS_REST_URL'),
      token: requiredSetting(environment, 'UPSTASH_REDIS_REST_TOKEN'),
    },
    keyPrefix: environment.METRICS_KEY_PREFIX || 'headrace',
  };
}

export function readCloudWatchAccess(environment: Environment): CloudWatchAccess {
  const region = requiredSetting(environment, 'AWS_REGION');
  const sessionToken = environment.AWS_SESSION_TOKEN;
  return {
    namespace: requiredSetting(environment, 'METRICS_NAMESPACE'),
    byRoute: environment.METRICS_BY_ROUTE === 'on',
    endpoint: environment.AWS_ENDPOINT_URL || `https://monitoring.${region}.amazonaws.com`,
    region,
    credentials: {
      accessKeyId: requiredSetting(environment, 'AWS_ACCESS_KEY_ID'),
      secretAccessKey: requiredSetting(environment, 'AWS_SECRET_ACCESS_KEY'),
      ...(sessionToken && { sessionToken }),
    },
  };
}
