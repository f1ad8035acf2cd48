/**
 * The port to a clock that outlives every process: it puts a message into a queue at an instant further away than a queue
 * can delay it.
 *
 * Shape   one schedule a job, by the job's id; it is gone once it has fired
 * Units   instants epoch ms, kept to the second, never early
 * Errors  rejects with SchedulerUnavailable
 * Cost    one request
 */

import type { OutgoingMessage, QueueAddress } from './job-queue.ts';

export interface JobScheduler {
  /** The same job again is not a second schedule. */
  schedule(at: ScheduledMessage): Promise<void>;
  /** No matter whether there is one. */
  cancel(id: string): Promise<void>;
}

export interface ScheduledMessage {
  readonly id: string;
  readonly at: number;
  readonly address: QueueAddress;
  readonly message: Omit<OutgoingMessage, 'delayMs'>;
}

export class SchedulerUnavailable extends Error {
  override readonly name = 'SchedulerUnavailable';
}
