/**
 * A cron entry: a schedule that calls tend-jobs with what is to be enqueued, and the time it was due.
 *
 * Source  EventBridge Scheduler User Guide, "Adding context attributes": the scheduled time is the same at every try
 */

import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import {
  ContextAttribute,
  Schedule,
  ScheduleExpression,
  ScheduleTargetInput,
  TimeWindow,
} from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { Construct } from 'constructs';
import type { CronSpec } from '../specs.ts';
import { acknowledgeWildcard } from './acknowledge.ts';
import { missedRuns } from './missed-runs.ts';

export interface CronEntryProps {
  readonly name: string;
  readonly spec: CronSpec;
  readonly target: LambdaFunction;
  readonly enabled: boolean;
}

export class CronEntry extends Construct {
  constructor(scope: Construct, id: string, { name, spec, target, enabled }: CronEntryProps) {
    super(scope, id);
    const { type, payload, cron } = spec;
    const input = ScheduleTargetInput.fromObject({
      cron: name,
      at: ContextAttribute.scheduledTime,
      type,
      payload,
    });
    const role = new Role(this, 'role', { assumedBy: new ServicePrincipal('scheduler.amazonaws.com') });
    acknowledgeWildcard(
      role,
      `${target.functionArn}:*`,
      'Any version of this one function, and nothing else.',
    );
    new Schedule(this, 'schedule', {
      schedule: ScheduleExpression.expression(`cron(${cron})`),
      target: new LambdaInvoke(target, { input, role, deadLetterQueue: missedRuns(this) }),
      timeWindow: TimeWindow.off(),
      enabled,
    });
  }
}
