/**
 * The port to the queues: a message says which job's turn it is and nothing else. Each (type, lane) is a queue of its own,
 * with a queue for dead letters beside it.
 *
 * Shape   every message is sent in the group of its tenant, so that one tenant's crowd does not hold up the others
 * Units   delays ms, carried as whole seconds rounded up; at most 15 minutes for sending, 12 hours for hiding
 * Errors  rejects with QueueUnavailable when the queue gave no usable answer, or refused; sendMany never rejects: what
 *         became of each message is its result
 * Cost    one request; sendMany one for each ten messages
 */

import type { JobType, Lane } from './catalogue.ts';

export interface QueueAddress {
  readonly type: JobType;
  readonly lane: Lane;
}

export interface OutgoingMessage {
  /** As formatMessage wrote it. */
  readonly body: string;
  readonly tenant: string;
  /** @default 0 */
  readonly delayMs?: number;
}

export type SendResult = { readonly ok: true } | { readonly ok: false; readonly reason: string };

export interface QueueDepths {
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
  /** Seen or not. */
  readonly deadLetters: number;
}

/** `running`: an earlier one has not ended yet, and goes on at its own rate. */
export type RedriveStart = 'started' | 'running';

export interface JobQueue {
  send(address: QueueAddress, message: OutgoingMessage): Promise<void>;
  /** One result for each message, in their order; packed by ten, and by what one request may weigh. */
  sendMany(address: QueueAddress, messages: readonly OutgoingMessage[]): Promise<readonly SendResult[]>;
  /** Hides a received message for so long from now; 0 gives it to the next who asks. */
  changeVisibility(address: QueueAddress, receipt: string, delayMs: number): Promise<void>;
  /** Puts a message into the queue of dead letters; it can be redriven from there. */
  deadLetter(address: QueueAddress, message: OutgoingMessage): Promise<void>;
  /** Begins to move the dead letters back, and does not wait for the end; a queue moves them once at a time. */
  redrive(address: QueueAddress, options: { readonly perSecond: number }): Promise<RedriveStart>;
  depths(address: QueueAddress): Promise<QueueDepths>;
}

export const LONGEST_DELAY_MS = 15 * 60 * 1000;

export class QueueUnavailable extends Error {
  override readonly name = 'QueueUnavailable';
}
