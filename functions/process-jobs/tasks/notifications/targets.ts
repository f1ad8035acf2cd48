/**
 * Whom notifications may go to, by name: what a deployment has listed, and nobody else.
 *
 * Shape   NOTIFY_TARGETS, JSON: { "oncall": { "kind": "pagerduty", "routingKey": "…" }, … } -> targets
 * Errors  Error naming the target and its field: without a list that can be read the function does not start
 */

import * as z from 'zod/mini';

const url = () =>
  z.url({ protocol: /^https?$/ }).check(z.refine(isSafe, 'must be https, or http on this machine'));

const TARGET = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('slack'), url: url() }),
  /** Signed with the secret, where there is one: HMAC-SHA256 of the body. */
  z.strictObject({
    kind: z.literal('webhook'),
    url: url(),
    secret: z.exactOptional(z.string().check(z.minLength(16))),
  }),
  z.strictObject({
    kind: z.literal('pagerduty'),
    routingKey: z.string().check(z.regex(/^[A-Za-z0-9]{32}$/, 'must be the 32 characters of an integration')),
    url: z._default(url(), 'https://events.pagerduty.com/v2/enqueue'),
  }),
  /** Whoever subscribes: by mail, by text message. */
  z.strictObject({
    kind: z.literal('sns'),
    topicArn: z
      .string()
      .check(
        z.regex(/^arn:[a-z-]+:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,256}$/, 'must be the ARN of a topic'),
      ),
  }),
]);

export type NotificationTarget = z.output<typeof TARGET>;

/** Which kinds serve a channel. */
export const CHANNELS = {
  email: ['sns'],
  sms: ['sns'],
  chat: ['slack'],
  pager: ['pagerduty'],
  webhook: ['webhook'],
} as const satisfies Record<string, readonly NotificationTarget['kind'][]>;

export function readTargets(text: string | undefined): ReadonlyMap<string, NotificationTarget> {
  if (!text) return new Map();
  const parsed = z.record(z.string(), TARGET).safeParse(parseJson(text));
  if (parsed.success) return new Map(Object.entries(parsed.data));
  const [issue] = parsed.error.issues;
  throw new Error(`NOTIFY_TARGETS: ${issue?.path.join('.') || 'it'} ${issue?.message ?? 'is wrong'}`);
}

function isSafe(text: string): boolean {
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || hostname === '127.0.0.1' || hostname === 'localhost';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
