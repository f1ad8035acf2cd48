/**
 * What Lambda makes of a queue: received messages as one event, and a function's answer as the list of messages that are
 * done.
 *
 * Shape   messages -> event; result, event -> message ids that may be deleted
 * Errors  none (total): an answer that cannot be understood means that nothing is done, as in Lambda
 * Source  Lambda Developer Guide, "Using Lambda with Amazon SQS"; "Handling errors for an SQS event source"
 */

import type { Message } from '@aws-sdk/client-sqs';
import type { SQSEvent, SQSMessageAttributes, SQSRecord } from 'aws-lambda';
import type { InvocationResult } from './invocation.ts';

export interface EventSource {
  readonly arn: string;
  readonly region: string;
}

export function formatQueueEvent(messages: readonly Message[], source: EventSource): SQSEvent {
  return { Records: messages.map(message => formatRecord(message, source)) };
}

function formatRecord(message: Message, { arn, region }: EventSource): SQSRecord {
  return {
    messageId: message.MessageId ?? '',
    receiptHandle: message.ReceiptHandle ?? '',
    body: message.Body ?? '',
    attributes: message.Attributes as unknown as SQSRecord['attributes'],
    messageAttributes: formatAttributes(message.MessageAttributes ?? {}),
    md5OfBody: message.MD5OfBody ?? '',
    eventSource: 'aws:sqs',
    eventSourceARN: arn,
    awsRegion: region,
  };
}

function formatAttributes(attributes: NonNullable<Message['MessageAttributes']>): SQSMessageAttributes {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, { StringValue, BinaryValue, DataType }]) => [
      name,
      {
        ...(StringValue !== undefined && { stringValue: StringValue }),
        ...(BinaryValue !== undefined && { binaryValue: Buffer.from(BinaryValue).toString('base64') }),
        stringListValues: [],
        binaryListValues: [],
        dataType: DataType ?? 'String',
      },
    ]),
  );
}

export function selectDone({ ok, payload }: InvocationResult, { Records }: SQSEvent): readonly SQSRecord[] {
  const failures = ok ? readFailures(payload) : null;
  if (failures === null) return [];
  const known = new Set(Records.map(({ messageId }) => messageId));
  // An id that was never sent says that the function has lost track: the whole batch comes again.
  if (failures.some(id => !known.has(id))) return [];
  return Records.filter(({ messageId }) => !failures.includes(messageId));
}

/** Message ids; null when the answer is no report that Lambda would accept. */
function readFailures(payload: string): readonly string[] | null {
  const answer: unknown = JSON.parse(payload);
  const listed = isObject(answer) ? (answer.batchItemFailures ?? []) : (answer ?? []);
  if (!Array.isArray(listed)) return null;
  const ids = listed.map(item => (isObject(item) ? item.itemIdentifier : null));
  return ids.every(isMessageId) ? ids : null;
}

function isMessageId(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
