/**
 * Where a stack keeps the scheduled runs that could not be made, after all tries: for a person to look at. One for each
 * stack that has a schedule, made when it is first asked for.
 *
 * Source  EventBridge User Guide, "Using dead-letter queues"; Lambda Developer Guide, "Capturing records of invocations"
 */

import { Stack } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { IConstruct } from 'constructs';
import { drawDeadLetters } from './dead-letters.ts';
import { nameOf } from './deployed-stack.ts';

const ID = 'missed-runs';

export function missedRuns(scope: IConstruct): Queue {
  const stack = Stack.of(scope);
  const known = stack.node.tryFindChild(ID);
  return known instanceof Queue ? known : draw(stack);
}

/** headrace-jobs-missed-runs, by the last word of the stack's name. */
function draw(stack: Stack): Queue {
  return drawDeadLetters(
    stack,
    ID,
    nameOf(stack, `${stack.stackName.toLowerCase().split('-').at(-1)}-${ID}`),
  );
}
