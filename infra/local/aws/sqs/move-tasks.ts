/**
 * The tasks that move messages out of a dead-letter queue, at most so many a second: start, list, cancel.
 *
 * Shape   inputs -> outputs of StartMessageMoveTask, ListMessageMoveTasks and CancelMessageMoveTask
 * Units   rates a second, instants epoch ms
 * Errors  ResourceNotFoundException; InvalidParameterValue for a source that is no dead-letter queue, a rate outside 1 to
 *         500, or a second task at a time. A message of unknown origin ends a task without destination, as FAILED
 * Source  SQS API Reference, StartMessageMoveTask; SQS Developer Guide, "Configure a dead-letter queue redrive"
 */

import { SqsError } from '../../../../node_modules/fauxqs/dist/common/errors.js';
import type { SqsQueue, SqsStore } from '../../../../node_modules/fauxqs/dist/sqs/sqsStore.js';
import type { Clock } from '../../../../shared/primitives/clock.ts';
import type { SqsInput } from './input.ts';
import { moveOne } from './move-one.ts';

export interface MoveTasks {
  start(input: SqsInput): object;
  list(input: SqsInput): object;
  cancel(input: SqsInput): object;
  close(): void;
}

interface Task {
  readonly handle: string;
  readonly source: SqsQueue;
  readonly destination: SqsQueue | undefined;
  readonly perSecond: number | undefined;
  readonly startedAt: number;
  readonly toMove: number;
  moved: number;
  status: 'RUNNING' | 'COMPLETED' | 'CANCELLED' | 'FAILED';
  failureReason?: string;
  timer?: NodeJS.Timeout;
}

const MOST_PER_SECOND = 500;
const MOST_LISTED = 10;

export function createMoveTasks(store: SqsStore, clock: Clock): MoveTasks {
  /** The latest first. */
  let tasks: Task[] = [];

  function startTask(input: SqsInput): Task {
    const source = deadLetterQueue(store, input.SourceArn);
    if (tasks.some(task => task.source === source && task.status === 'RUNNING'))
      throw invalid(
        'There is already a task running. Only one active task is allowed for a source queue arn at a given time.',
      );
    const task: Task = {
      handle: Buffer.from(JSON.stringify({ taskId: crypto.randomUUID(), sourceArn: source.arn })).toString(
        'base64',
      ),
      source,
      destination: input.DestinationArn === undefined ? undefined : found(store, input.DestinationArn),
      perSecond: rateOf(input.MaxNumberOfMessagesPerSecond),
      startedAt: clock(),
      toMove: source.messages.length,
      moved: 0,
      status: 'RUNNING',
    };
    tasks = [task, ...tasks];
    return task;
  }

  function moveInTime(task: Task): void {
    task.timer = setTimeout(
      () => {
        moveNext(task);
        if (task.status === 'RUNNING') moveInTime(task);
      },
      1000 / (task.perSecond ?? MOST_PER_SECOND),
    );
  }

  function moveNext(task: Task): void {
    const outcome = moveOne(task, store);
    if (outcome === 'moved') task.moved++;
    if (outcome === 'empty') task.status = 'COMPLETED';
    if (outcome === 'no-origin') {
      task.status = 'FAILED';
      task.failureReason = 'CouldNotDetermineMessageSource';
    }
  }

  return {
    start(input) {
      const task = startTask(input);
      moveInTime(task);
      return { TaskHandle: task.handle };
    },
    list(input) {
      const source = found(store, input.SourceArn);
      const most = Math.min(Number(input.MaxResults ?? 1), MOST_LISTED);
      return {
        Results: tasks
          .filter(task => task.source === source)
          .slice(0, most)
          .map(describe),
      };
    },
    cancel(input) {
      const task = tasks.find(({ handle }) => handle === input.TaskHandle);
      if (!task) throw new SqsError('ResourceNotFoundException', 'Task does not exist.', 404);
      if (task.status !== 'RUNNING') throw invalid('Only active tasks can be cancelled.');
      clearTimeout(task.timer);
      task.status = 'CANCELLED';
      return { ApproximateNumberOfMessagesMoved: task.moved };
    },
    close() {
      for (const { timer } of tasks) clearTimeout(timer);
    },
  };
}

/** A task that has ended can no longer be named. */
function describe(task: Task): object {
  return {
    ...(task.status === 'RUNNING' && { TaskHandle: task.handle }),
    Status: task.status,
    SourceArn: task.source.arn,
    ...(task.destination && { DestinationArn: task.destination.arn }),
    ...(task.perSecond !== undefined && { MaxNumberOfMessagesPerSecond: task.perSecond }),
    ApproximateNumberOfMessagesMoved: task.moved,
    ApproximateNumberOfMessagesToMove: task.toMove,
    ...(task.failureReason && { FailureReason: task.failureReason }),
    StartedTimestamp: task.startedAt,
  };
}

function deadLetterQueue(store: SqsStore, arn: unknown): SqsQueue {
  const source = found(store, arn);
  const names = [...store.allQueues()].some(({ attributes }) =>
    attributes.RedrivePolicy?.includes(`"${source.arn}"`),
  );
  if (!names) throw invalid('Source queue must be configured as a Dead Letter Queue.');
  return source;
}

function found(store: SqsStore, arn: unknown): SqsQueue {
  const queue = store.getQueueByArn(String(arn));
  if (queue) return queue;
  throw new SqsError('ResourceNotFoundException', "The resource that you specified doesn't exist.", 404);
}

function rateOf(given: unknown): number | undefined {
  if (given === undefined) return undefined;
  if (Number.isInteger(given) && Number(given) >= 1 && Number(given) <= MOST_PER_SECOND) return Number(given);
  throw invalid(
    `Value ${given} for parameter MaxNumberOfMessagesPerSecond is invalid. Reason: You must enter a value from 1 to ${MOST_PER_SECOND}.`,
  );
}

function invalid(message: string): SqsError {
  return new SqsError('InvalidParameterValue', message);
}
