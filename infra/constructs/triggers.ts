/**
 * What calls a function: its queues, whose failed messages alone return, and its schedule.
 *
 * Source  Lambda Developer Guide, "Handling errors for an SQS event source"; EventBridge User Guide, retry policy
 */

import { Duration, Validations } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as FunctionTarget } from 'aws-cdk-lib/aws-events-targets';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { FunctionSpec, QueueSource } from '../specs.ts';
import { missedRuns } from './missed-runs.ts';

/** The longest Lambda keeps an event that waits to be run. */
const LONGEST_WAIT_SECONDS = 6 * 60 * 60;

export interface TriggerOptions<Spec> {
  readonly spec: Spec;
  /** A disabled trigger stands in the account and calls nothing. */
  readonly enabled: boolean;
}

export function feedFromQueue(
  target: LambdaFunction,
  queue: IQueue,
  { spec, enabled }: TriggerOptions<QueueSource>,
): void {
  const { batchSize, windowSeconds = 0, maxConcurrency } = spec;
  target.addEventSource(
    new SqsEventSource(queue, {
      batchSize,
      reportBatchItemFailures: true,
      enabled,
      ...(windowSeconds > 0 && { maxBatchingWindow: Duration.seconds(windowSeconds) }),
      // Of the mapping, not of the function: there what is too much is received, thrown back, and counted as a delivery.
      ...(maxConcurrency !== undefined && { maxConcurrency }),
    }),
  );
  Validations.of(target).acknowledge({
    id: 'Serverless-LambdaEventSourceMappingDestination',
    reason:
      'SQS knows no destinations: what fails for the last time goes to the dead-letter queue of its queue.',
  });
}

export function runOnSchedule(
  target: LambdaFunction,
  { spec, enabled }: TriggerOptions<NonNullable<FunctionSpec['schedule']>>,
): void {
  const period = Duration.seconds(spec.everySeconds);
  // A run that is late by a whole period is worth nothing: the next one is due.
  const maxEventAge = Duration.seconds(Math.min(spec.everySeconds, LONGEST_WAIT_SECONDS));
  const missed = missedRuns(target);
  target.configureAsyncInvoke({ maxEventAge, onFailure: new SqsDestination(missed) });
  new Rule(target, 'schedule', {
    schedule: Schedule.rate(period),
    enabled,
    targets: [new FunctionTarget(target, { maxEventAge, deadLetterQueue: missed })],
  });
}
