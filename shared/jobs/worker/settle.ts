/**
 * What happens to a message once its job has been looked at: it is done, or it stays and comes back later.
 *
 * Shape   claim that was none, or ending -> 'done' | 'again'
 * Units   ms
 * Errors  none: a queue that does not answer leaves the message as it is, and the row on watch
 * Cost    one request to SQS for what comes back, and for what is dead
 */

import type { Clock } from '../../primitives/clock.ts';
import { type JobQueue, LONGEST_DELAY_MS, type QueueAddress } from '../job-queue.ts';
import type { Claim, JobStore } from '../job-store.ts';
import { letterOf, unreadableLetter } from '../letter.ts';
import { formatMessage } from '../message.ts';

export interface SettleDeps {
  readonly store: Pick<JobStore, 'confirmMany'>;
  readonly queue: Pick<JobQueue, 'send' | 'changeVisibility' | 'deadLetter'>;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: (entry: object) => void;
}

export interface Received {
  readonly messageId: string;
  readonly receipt: string;
  readonly body: string;
  /** 1 for the first. */
  readonly receives: number;
}

/** `again` messages are reported as failed, so that the queue keeps them. */
export type Verdict = 'done' | 'again';

export interface Letter {
  readonly id: string;
  readonly tenant: string;
  readonly death: number;
  /** The instant its watch has, until the letter is written. */
  readonly watchedAt: number;
}

/** A message that names a job. */
export interface Naming extends Received {
  readonly id: string;
}

export type Unclaimed = Exclude<Claim, { kind: 'claimed' }>;

export interface Settle {
  unclaimed(message: Naming, claim: Unclaimed, watchedAt: number): Promise<Verdict>;
  bury(letter: Letter): Promise<Verdict>;
  /** Nobody can read it as a job: for a person to look at. */
  discard(message: Received, why: string): Promise<Verdict>;
  hide(message: Received, ms: number): Promise<Verdict>;
  /** A new message comes in its place, so that its deliveries are counted from one again. */
  postpone(message: Naming, tenant: string, ms: number): Promise<Verdict>;
}

/** How long a message of a tenant that runs all it may waits; half of what it has waited already, within these. */
const CAPPED_MS = { least: 2_000, most: 60_000 } as const;

export function createSettle(
  address: QueueAddress,
  { store, queue, clock, random, log }: SettleDeps,
): Settle {
  const settle: Settle = {
    async unclaimed(message, claim, watchedAt) {
      switch (claim.kind) {
        case 'ended':
        case 'cancelled':
          return 'done';
        case 'exhausted':
          return settle.bury({ id: message.id, tenant: claim.tenant, death: claim.death, watchedAt });
        case 'busy':
          return settle.hide(message, claim.leaseUntil - clock());
        case 'early':
          return settle.hide(message, claim.dueAt - clock());
        case 'capped':
          return sendAnew(message, claim.tenant, cappedMs(clock() - claim.createdAt));
        case 'absent':
          return settle.discard(message, 'There is no row of this job.');
      }
    },
    async bury({ id, tenant, death, watchedAt }) {
      try {
        await queue.deadLetter(address, letterOf({ id, tenant, death }));
        await store.confirmMany([{ id, from: watchedAt, to: 'never' }]);
      } catch (error) {
        // The row is dead and on watch: whoever looks after rows writes the letter.
        log({ event: 'job-unburied', job: id, reason: String(error) });
      }
      return 'done';
    },
    async discard({ body }, why) {
      try {
        await queue.deadLetter(address, unreadableLetter(body));
        log({ event: 'job-message-discarded', why, body: body.slice(0, 200) });
        return 'done';
      } catch {
        return 'again';
      }
    },
    // Longer than a queue can wait: it comes early, and is hidden for the rest.
    postpone: (message, tenant, ms) => sendAnew(message, tenant, Math.min(LONGEST_DELAY_MS, Math.max(0, ms))),
    async hide({ receipt, messageId }, ms) {
      await queue
        .changeVisibility(address, receipt, Math.max(0, ms))
        .catch(error => log({ event: 'job-message-not-hidden', messageId, reason: String(error) }));
      return 'again';
    },
  };

  /** Deliveries are counted, and too many are taken for poison: a copy begins anew. */
  async function sendAnew(message: Naming, tenant: string, delayMs: number): Promise<Verdict> {
    try {
      await queue.send(address, { body: formatMessage({ job: message.id }), tenant, delayMs });
      return 'done';
    } catch {
      return settle.hide(message, delayMs);
    }
  }
  function cappedMs(waitedMs: number): number {
    const bound = Math.min(CAPPED_MS.most, Math.max(CAPPED_MS.least, waitedMs / 2));
    return CAPPED_MS.least / 2 + random() * bound;
  }
  return settle;
}
