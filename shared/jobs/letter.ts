/**
 * A dead letter, as it goes into the queue of dead letters.
 *
 * A redrive moves whatever it sees until it sees nothing. What dies again at once would come back for as long as the redrive
 * of all the others takes, over and over: so the letter of such a job lies there unseen for a while, and so does one that
 * nobody can read.
 *
 * Shape   job, death -> message
 */

import { DEFAULT_TENANT } from './job.ts';
import type { OutgoingMessage } from './job-queue.ts';
import { formatMessage } from './message.ts';

export interface Death {
  readonly id: string;
  readonly tenant: string;
  /** 1 for the first. */
  readonly death: number;
}

const UNSEEN_MS = 60_000;

export function letterOf({ id, tenant, death }: Death): OutgoingMessage {
  const message = { body: formatMessage({ job: id, death }), tenant };
  return death > 1 ? { ...message, delayMs: UNSEEN_MS } : message;
}

export function unreadableLetter(body: string): OutgoingMessage {
  return { body, tenant: DEFAULT_TENANT, delayMs: UNSEEN_MS };
}
