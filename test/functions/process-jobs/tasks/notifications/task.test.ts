import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type Notification,
  snsForm,
} from '../../../../../functions/process-jobs/tasks/notifications/requests.ts';
import { readTargets } from '../../../../../functions/process-jobs/tasks/notifications/targets.ts';
import { createNotificationsTask } from '../../../../../functions/process-jobs/tasks/notifications/task.ts';
import {
  type LoopbackServer,
  serveLoopback,
  type WireReply,
  type WireRequest,
} from '../../../../../infra/local/loopback.ts';
import type { TaskContext } from '../../../../../shared/jobs/worker/task.ts';

const KEY = 'k'.repeat(32);
const ARN = 'arn:aws:sns:us-east-1:123456789012:alarms';
const ALERT = {
  id: 'health',
  state: 'fired',
  severity: 'page',
  at: 1_800_000_000_000,
  runbook: 'https://e.org/#health',
} as const;
const context = { id: 'job-1', signal: new AbortController().signal } as TaskContext;

let server: LoopbackServer;
let asked: (WireRequest & { readonly json: Record<string, unknown> })[] = [];
let reply: WireReply;

beforeAll(async () => {
  server = await serveLoopback(async request => {
    const text = Buffer.from(request.body).toString();
    asked.push({ ...request, json: text.startsWith('{') ? JSON.parse(text) : {} });
    return reply;
  });
});
beforeEach(() => {
  asked = [];
  reply = { status: 200 };
});
afterAll(() => server.close());

function send(target: object, payload: Partial<Notification> & Pick<Notification, 'channel'>) {
  const targets = readTargets(JSON.stringify({ ops: target }));
  const signed: string[] = [];
  const sns = {
    endpoint: `${server.origin}/sns`,
    fetch: async (url: string, init: object = {}) => {
      signed.push(url);
      return fetch(url, init);
    },
  };
  const task = createNotificationsTask({ targets, fetch: (url, init) => fetch(url, init), sns });
  return task({ to: 'ops', text: 'A health check fails', subject: '[PAGE] health', ...payload }, context);
}

describe('a notification', () => {
  it('in Slack has its colour, and calls nobody by accident', async () => {
    await send(
      { kind: 'slack', url: `${server.origin}/hook` },
      { channel: 'chat', text: '<!channel> down', alert: ALERT },
    );
    expect(asked[0]?.url).toBe('/hook');
    expect(JSON.stringify(asked[0]?.json)).toContain('&lt;!channel&gt; down');
    expect(JSON.stringify(asked[0]?.json)).not.toContain('<!channel>');
    expect(asked[0]?.json.attachments).toMatchObject([{ color: '#dc2626' }]);
  });

  it('at PagerDuty opens one incident for each alarm, and resolves it', async () => {
    const target = { kind: 'pagerduty', routingKey: KEY, url: `${server.origin}/v2/enqueue` };
    await send(target, { channel: 'pager', alert: ALERT });
    await send(target, { channel: 'pager', alert: { ...ALERT, state: 'recovered' } });
    expect(asked.map(({ json }) => [json.event_action, json.dedup_key, json.routing_key])).toEqual([
      ['trigger', 'headrace-health', KEY],
      ['resolve', 'headrace-health', KEY],
    ]);
    expect(asked[0]?.json).toMatchObject({
      payload: { severity: 'critical', source: 'headrace', timestamp: '2027-01-15T08:00:00.000Z' },
      links: [{ href: 'https://e.org/#health' }],
    });
  });

  it('to a webhook is signed, and bears the same key each time', async () => {
    const secret = 's'.repeat(16);
    await send({ kind: 'webhook', url: `${server.origin}/in`, secret }, { channel: 'webhook' });
    const { headers, body } = asked[0] as WireRequest;
    const expected = createHmac('sha256', secret).update(body).digest('hex');
    expect([headers['x-headrace-signature'], headers['idempotency-key']]).toEqual([
      [`sha256=${expected}`],
      ['job-1'],
    ]);
  });

  it('by mail goes to a topic, as its own form', async () => {
    await send({ kind: 'sns', topicArn: ARN }, { channel: 'email' });
    const form = new URLSearchParams(Buffer.from(asked[0]?.body ?? []).toString());
    expect(Object.fromEntries(form)).toEqual({
      Action: 'Publish',
      Version: '2010-03-31',
      TopicArn: ARN,
      Message: 'A health check fails',
      Subject: '[PAGE] health',
    });
    const long = new URLSearchParams(
      snsForm(ARN, { channel: 'email', to: 'ops', text: 'x', subject: 'é'.repeat(200) }),
    );
    expect(long.get('Subject')).toBe('?'.repeat(99));
  });

  it.each([
    [404, 'NOTIFICATION_REFUSED'],
    [410, 'NOTIFICATION_REFUSED'],
    [429, 'NOTIFICATION_FAILED'],
    [500, 'NOTIFICATION_FAILED'],
  ])('that is answered with %i fails as %s, and tells no address', async (status, code) => {
    reply = { status };
    const failure = await send(
      { kind: 'slack', url: `${server.origin}/secret-hook` },
      { channel: 'chat' },
    ).catch((error: Error) => error);
    expect(failure).toMatchObject({ code });
    expect(String(failure)).not.toContain('secret-hook');
  });

  it('goes to no address that a deployment has not named, and by no redirect', async () => {
    const slack = { kind: 'slack', url: `${server.origin}/hook` };
    await expect(send(slack, { channel: 'chat', to: 'https://evil.example' })).rejects.toMatchObject({
      code: 'NOTIFICATION_TARGET_UNKNOWN',
    });
    await expect(send(slack, { channel: 'pager' })).rejects.toMatchObject({
      code: 'NOTIFICATION_CHANNEL_WRONG',
    });
    expect(asked).toEqual([]);
    reply = { status: 302, headers: { location: `${server.origin}/elsewhere` } };
    await expect(send(slack, { channel: 'chat' })).rejects.toThrow();
    expect(asked).toHaveLength(1);
  });
});

describe('NOTIFY_TARGETS', () => {
  it.each([
    ['{', 'NOTIFY_TARGETS'],
    ['{"ops":{"kind":"fax"}}', 'ops'],
    ['{"ops":{"kind":"slack","url":"http://example.com/hook"}}', 'ops.url must be https'],
    ['{"ops":{"kind":"pagerduty","routingKey":"short"}}', 'ops.routingKey must be'],
    ['{"ops":{"kind":"sns","topicArn":"alarms"}}', 'ops.topicArn must be'],
  ])('%s is refused by name', (text, words) => expect(() => readTargets(text)).toThrow(words));

  it('may be none', () => expect(readTargets(undefined).size).toBe(0));
});
