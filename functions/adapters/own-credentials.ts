/**
 * What a function signs its requests with in the name of its own role, as Lambda puts it into the environment.
 *
 * Shape   environment -> AwsCredentials; '' where a variable is missing, which the service then refuses
 * Errors  none (total)
 */

import type { AwsCredentials } from '../../shared/aws/signed-fetch.ts';
import type { Environment } from './required-setting.ts';

export function ownCredentials(environment: Environment): AwsCredentials {
  const { AWS_ACCESS_KEY_ID = '', AWS_SECRET_ACCESS_KEY = '', AWS_SESSION_TOKEN } = environment;
  return {
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    ...(AWS_SESSION_TOKEN && { sessionToken: AWS_SESSION_TOKEN }),
  };
}
