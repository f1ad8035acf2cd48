/**
 * Calls SQS through the SDK, in the words of `JsonCall`: so the queues of the jobs are the same code here and at the edge.
 *
 * Errors  AwsRefused, AwsUnavailable; the client's own retries come before
 * Cost    as the client's: one request, more when it tries again
 */

import {
  ChangeMessageVisibilityCommand,
  GetQueueAttributesCommand,
  ListMessageMoveTasksCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  type SQSClient,
  SQSServiceException,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { AwsRefused, AwsUnavailable } from '../../shared/aws/aws-errors.ts';
import type { JsonCall } from '../../shared/aws/json-call.ts';

/** The actions that the queues of the jobs use; each command is told the input it is made for. */
const COMMANDS: Readonly<Record<string, unknown>> = {
  ChangeMessageVisibility: ChangeMessageVisibilityCommand,
  GetQueueAttributes: GetQueueAttributesCommand,
  ListMessageMoveTasks: ListMessageMoveTasksCommand,
  SendMessage: SendMessageCommand,
  SendMessageBatch: SendMessageBatchCommand,
  StartMessageMoveTask: StartMessageMoveTaskCommand,
};

type MakeCommand = new (input: object) => SendMessageCommand;

export function createSqsCall(client: Pick<SQSClient, 'send'>): JsonCall {
  return async (action, input, abortSignal) => {
    const command = new (COMMANDS[action] as MakeCommand)(input);
    try {
      const { $metadata, ...output } = await client.send(command, { ...(abortSignal && { abortSignal }) });
      return output;
    } catch (error) {
      throw failureOf(action, error);
    }
  };
}

function failureOf(action: string, error: unknown): AwsRefused | AwsUnavailable {
  if (error instanceof SQSServiceException && error.$fault === 'client' && !isThrottled(error))
    return new AwsRefused(error.name, error.$metadata.httpStatusCode ?? 400, error.message);
  return new AwsUnavailable(`AWS gave no answer to AmazonSQS.${action}`, { cause: error });
}

function isThrottled({ $retryable, name }: SQSServiceException): boolean {
  return $retryable?.throttling === true || /throttl/i.test(name);
}
