/**
 * A notification as each service takes it.
 *
 * Shape   target, payload, key -> a request; the key is the same however often it is sent
 * Errors  none (total)
 * Source  Slack, "Incoming webhooks"; PagerDuty, Events API v2 (dedup_key, resolve); SNS API Reference, Publish
 */

import { createHmac } from 'node:crypto';
import type { CheckedPayloads } from '../../../../shared/jobs/payloads.ts';
import type { NotificationTarget } from './targets.ts';

export type Notification = CheckedPayloads['notifications'];

export interface NotificationRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

type HttpTarget = Exclude<NotificationTarget, { kind: 'sns' }>;

export function requestTo(target: HttpTarget, payload: Notification, key: string): NotificationRequest {
  if (target.kind === 'slack') return json(target.url, slackBody(payload));
  if (target.kind === 'pagerduty') return json(target.url, pagerDutyBody(target.routingKey, payload, key));
  const { url, headers, body } = json(target.url, { key, ...payload });
  const signature = target.secret && createHmac('sha256', target.secret).update(body).digest('hex');
  const signed = signature ? { 'x-headrace-signature': `sha256=${signature}` } : {};
  return { url, headers: { ...headers, ...signed, 'idempotency-key': key }, body };
}

/** SNS's own protocol: a form. Subjects are ASCII and at most 100 characters. */
export function snsForm(topicArn: string, { subject, text }: Notification): string {
  const ascii = subject?.replace(/[^\x20-\x7e]/g, '?').slice(0, 99);
  return new URLSearchParams({
    Action: 'Publish',
    Version: '2010-03-31',
    TopicArn: topicArn,
    Message: text,
    ...(ascii && { Subject: ascii }),
  }).toString();
}

const COLOURS = { info: '#3b82f6', warning: '#d97706', page: '#dc2626' } as const;
const OVER = '#16a34a';

/** What stands between < and > would be a link, or a call for everybody. */
function slackBody({ subject, text, alert }: Notification): object {
  const safe = (words: string) =>
    words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const title = subject ? `*${safe(subject)}*\n` : '';
  const color = alert && (alert.state === 'recovered' ? OVER : COLOURS[alert.severity]);
  const section = {
    type: 'section',
    text: { type: 'mrkdwn', text: `${title}${safe(text)}`.slice(0, 3_000) },
  };
  return {
    text: safe(subject ?? text).slice(0, 3_000),
    attachments: [{ ...(color && { color }), blocks: [section] }],
  };
}

const SEVERITIES = { info: 'info', warning: 'warning', page: 'critical' } as const;

/** One incident for each alarm: what fires again goes on with it, what is over resolves it. */
function pagerDutyBody(routingKey: string, { subject, text, alert }: Notification, key: string): object {
  const dedup = alert ? `headrace-${alert.id}` : key;
  if (alert?.state === 'recovered')
    return { routing_key: routingKey, event_action: 'resolve', dedup_key: dedup };
  return {
    routing_key: routingKey,
    event_action: 'trigger',
    dedup_key: dedup,
    payload: {
      summary: `${subject ? `${subject}: ` : ''}${text}`.slice(0, 1_024),
      source: 'headrace',
      severity: alert ? SEVERITIES[alert.severity] : 'warning',
      ...(alert && { timestamp: new Date(alert.at).toISOString(), component: alert.id }),
    },
    ...(alert && { links: [{ href: alert.runbook, text: 'What to do' }] }),
  };
}

function json(url: string, body: object): NotificationRequest {
  return { url, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
