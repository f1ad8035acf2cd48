/**
 * The task of notifications, from what a function finds in its environment.
 *
 * Errors  Error naming the target and its field, where NOTIFY_TARGETS cannot be read
 */

import { createSignedFetch } from '../../shared/aws/signed-fetch.ts';
import type { Clock } from '../../shared/primitives/clock.ts';
import { ownCredentials } from '../adapters/own-credentials.ts';
import type { Environment } from '../adapters/required-setting.ts';
import { readTargets } from './tasks/notifications/targets.ts';
import { createNotificationsTask } from './tasks/notifications/task.ts';

export function openNotifications(environment: Environment, clock: Clock) {
  const region = environment.AWS_REGION || 'us-east-1';
  const credentials = ownCredentials(environment);
  const signed = createSignedFetch({ credentials, region, service: 'sns', clock, fetch });
  const endpoint = environment.AWS_ENDPOINT_URL || `https://sns.${region}.amazonaws.com/`;
  return createNotificationsTask({
    targets: readTargets(environment.NOTIFY_TARGETS),
    fetch: (url, init) => fetch(url, init),
    sns: { fetch: signed, endpoint },
  });
}
