/**
 * The task of notifications, from what a function finds in its environment.
 *
 * Errors  Error naming the target and its field, where NOTIFY_TARGETS cannot be read
 */

import { createSignedFetch } from '../../shared/aws/signed-fetch.ts';
import type { Clock } from '../../shared/primitives/clock.ts';
import { readTargets } from './tasks/notifications/targets.ts';
import { createNotificationsTask } from './tasks/notifications/task.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export function openNotifications(environment: Environment, clock: Clock) {
  const region = environment.AWS_REGION || 'us-east-1';
  const sessionToken = environment.AWS_SESSION_TOKEN;
  const credentials = {
    accessKeyId: environment.AWS_ACCESS_KEY_ID ?? '',
    secretAccessKey: environment.AWS_SECRET_ACCESS_KEY ?? '',
    ...(sessionToken && { sessionToken }),
  };
  const signed = createSignedFetch({ credentials, region, service: 'sns', clock, fetch });
  const endpoint = environment.AWS_ENDPOINT_URL || `https://sns.${region}.amazonaws.com/`;
  return createNotificationsTask({
    targets: readTargets(environment.NOTIFY_TARGETS),
    fetch: (url, init) => fetch(url, init),
    sns: { fetch: signed, endpoint },
  });
}
