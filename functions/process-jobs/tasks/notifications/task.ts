/**
 * Does jobs of the type `notifications`: tells one of the deployment's targets, and nobody else.
 *
 * It tells at least once: where an answer is lost, the next attempt tells again under the same key, which PagerDuty and webhooks
 * know; Slack and SNS would show it twice.
 *
 * Shape   { channel, to, text, … } -> { status }
 * Errors  PermanentError NOTIFICATION_TARGET_UNKNOWN, NOTIFICATION_CHANNEL_WRONG, NOTIFICATION_REFUSED (a status of 4xx but 408 and
 *         429); any other answer, and none, is an attempt that failed
 */

import type { SignedFetch } from '../../../../shared/aws/signed-fetch.ts';
import { PermanentError } from '../../../../shared/jobs/permanent-error.ts';
import type { Task } from '../../../../shared/jobs/worker/task.ts';
import { type Notification, requestTo, snsForm } from './requests.ts';
import { CHANNELS, type NotificationTarget } from './targets.ts';

export interface NotificationDeps {
  readonly targets: ReadonlyMap<string, NotificationTarget>;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** SNS speaks a protocol of its own, signed. */
  readonly sns: { readonly fetch: SignedFetch; readonly endpoint: string };
}

const TIMEOUT_MS = 10_000;

export function createNotificationsTask({ targets, fetch, sns }: NotificationDeps): Task<'notifications'> {
  async function send(
    target: NotificationTarget,
    payload: Notification,
    { key, signal }: Sending,
  ): Promise<Response> {
    if (target.kind === 'sns') {
      const headers = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };
      return sns.fetch(sns.endpoint, {
        method: 'POST',
        headers,
        body: snsForm(target.topicArn, payload),
        signal,
      });
    }
    const { url, headers, body } = requestTo(target, payload, key);
    return fetch(url, { method: 'POST', headers: { ...headers }, body, signal, redirect: 'error' });
  }

  return async (payload, { id, signal }) => {
    const target = targetOf(targets, payload);
    const within = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);
    const response = await send(target, payload, { key: id, signal: within });
    const { status } = response;
    await response.body?.cancel();
    if (response.ok) return { status };
    // Its address is a secret: only its name is told.
    const sentence = `The target ${payload.to} answered ${status}`;
    if (isFinal(status)) throw new PermanentError('NOTIFICATION_REFUSED', sentence);
    throw Object.assign(new Error(sentence), { code: 'NOTIFICATION_FAILED' });
  };
}

interface Sending {
  readonly key: string;
  readonly signal: AbortSignal;
}

function targetOf(targets: NotificationDeps['targets'], { to, channel }: Notification): NotificationTarget {
  const target = targets.get(to);
  if (!target) throw new PermanentError('NOTIFICATION_TARGET_UNKNOWN', `NOTIFY_TARGETS has no target ${to}`);
  const kinds: readonly string[] = CHANNELS[channel];
  if (!kinds.includes(target.kind))
    throw new PermanentError(
      'NOTIFICATION_CHANNEL_WRONG',
      `The target ${to} is ${target.kind}, which is not for ${channel}`,
    );
  return target;
}

function isFinal(status: number): boolean {
  return status >= 400 && status < 500 && status !== 408 && status !== 429;
}
