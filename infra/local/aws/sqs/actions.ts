/**
 * Adds to the SQS emulator what Headrace relies on and it lacks: message groups on standard queues, bounds of each entry,
 * and tasks that move messages out of a dead-letter queue.
 *
 * Shape   request -> reply, or undefined for an action that the emulator itself answers
 * Errors  SQS's own codes, in both spellings that SDKs read
 * Source  SQS API Reference; AWS JSON 1.0 protocol
 */

import { SqsError } from '../../../../node_modules/fauxqs/dist/common/errors.js';
import type { SqsStore } from '../../../../node_modules/fauxqs/dist/sqs/sqsStore.js';
import type { Clock } from '../../../../shared/primitives/clock.ts';
import type { WireReply, WireRequest } from '../../loopback.ts';
import type { SqsInput } from './input.ts';
import { createMoveTasks } from './move-tasks.ts';
import { sendMessage, sendMessageBatch } from './sending.ts';

export interface SqsActions {
  answer(request: WireRequest): WireReply | undefined;
  /** Ends the tasks that still move messages. */
  close(): void;
}

type Action = (input: SqsInput) => object;

const TARGET = 'AmazonSQS.';

export function createSqsActions(store: SqsStore, clock: Clock): SqsActions {
  const tasks = createMoveTasks(store, clock);
  const actions: Readonly<Record<string, Action>> = {
    SendMessage: input => sendMessage(input, store),
    SendMessageBatch: input => sendMessageBatch(input, store),
    StartMessageMoveTask: tasks.start,
    ListMessageMoveTasks: tasks.list,
    CancelMessageMoveTask: tasks.cancel,
  };
  return {
    answer(request) {
      const name = actionOf(request);
      const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
      return action && perform(action, request);
    },
    close: tasks.close,
  };
}

function actionOf({ headers }: WireRequest): string {
  const [target = ''] = headers['x-amz-target'] ?? [];
  return target.startsWith(TARGET) ? target.slice(TARGET.length) : '';
}

function perform(action: Action, { body }: WireRequest): WireReply {
  try {
    return reply(200, action(parseInput(body)));
  } catch (error) {
    if (!(error instanceof SqsError)) throw error;
    return reply(error.statusCode, error.toJSON(), { 'x-amzn-query-error': queryErrorOf(error) });
  }
}

/** SDKs name an error by its older spelling, which has a prefix for some codes and none for others. */
function queryErrorOf({ queryCode, senderFault }: SqsError): string {
  const prefix = PREFIXED.test(queryCode) ? 'AWS.SimpleQueueService.' : '';
  return `${prefix}${queryCode};${senderFault ? 'Sender' : 'Receiver'}`;
}

const PREFIXED = /Batch|^NonExistentQueue$|^UnsupportedOperation$/;

function parseInput(body: Uint8Array): SqsInput {
  try {
    return JSON.parse(new TextDecoder().decode(body)) as SqsInput;
  } catch {
    throw new SqsError('SerializationException', 'The request cannot be read as JSON.');
  }
}

function reply(status: number, output: object, headers: Record<string, string> = {}): WireReply {
  return {
    status,
    headers: { 'content-type': 'application/x-amz-json-1.0', ...headers },
    body: JSON.stringify(output),
  };
}
