/**
 * A message as SQS takes it: in the group of its tenant, which is what keeps a queue fair, and late by whole seconds.
 *
 * Shape   message -> the fields of SendMessage and of an entry of SendMessageBatch
 * Errors  none (total)
 * Source  SQS API Reference, SendMessage; SQS Developer Guide, "Amazon SQS fair queues"
 */

import type { OutgoingMessage } from '../job-queue.ts';

export interface MessageEntry {
  readonly MessageBody: string;
  readonly MessageGroupId: string;
  readonly DelaySeconds?: number;
}

export function entryOf({ body, tenant, delayMs = 0 }: OutgoingMessage): MessageEntry {
  const late = delayMs > 0 && { DelaySeconds: secondsOf(delayMs) };
  return { MessageBody: body, MessageGroupId: tenant, ...late };
}

/** Rounded up: never earlier than asked for. */
export function secondsOf(ms: number): number {
  return Math.ceil(ms / 1000);
}
