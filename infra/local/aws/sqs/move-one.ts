/**
 * Moves the next message of a dead-letter queue: to SQS it is a new one, with a new name and no receives behind it.
 *
 * Shape   where from, where to -> 'moved' | 'empty' | 'no-origin'
 * Errors  'no-origin': without a destination only what SQS itself moved here finds its way back, never what was sent here
 * Source  SQS API Reference, StartMessageMoveTask (DestinationArn)
 */

import { type SqsQueue, SqsStore } from '../../../../node_modules/fauxqs/dist/sqs/sqsStore.js';
import type { SqsMessage } from '../../../../node_modules/fauxqs/dist/sqs/sqsTypes.js';

export interface Move {
  readonly source: SqsQueue;
  readonly destination: SqsQueue | undefined;
}

export function moveOne({ source, destination }: Move, store: SqsStore): 'moved' | 'empty' | 'no-origin' {
  source.processTimers();
  const [message] = source.messages;
  if (!message) return 'empty';
  const target = destination ?? originOf(message, source, store);
  if (!target) return 'no-origin';
  source.messages.shift();
  source.persistence?.deleteMessage(message.messageId);
  const { body, messageAttributes, messageGroupId } = message;
  target.enqueue(SqsStore.createMessage(body, messageAttributes, undefined, messageGroupId));
  return 'moved';
}

/** A message that was sent here by hand has not been received; two queues that share this one cannot be told apart. */
function originOf(message: SqsMessage, source: SqsQueue, store: SqsStore): SqsQueue | undefined {
  if (message.approximateReceiveCount === 0) return undefined;
  const origins = [...store.allQueues()].filter(({ attributes }) =>
    attributes.RedrivePolicy?.includes(`"${source.arn}"`),
  );
  return origins.length === 1 ? origins[0] : undefined;
}
