/**
 * One message from its delivery to its verdict.
 *
 * Shape   message -> 'done' | 'again'
 * Units   instants epoch ms
 * Errors  none. Redis that does not answer: before the claim the message comes back a little later; at the end of an attempt
 *         it is asked three times more, then the message comes back when the lease is over, and the job is tried again
 */

import type { Catalogue, JobType } from '../catalogue.ts';
import { parseJobId } from '../job-id.ts';
import type { JobQueue, QueueAddress } from '../job-queue.ts';
import type { EndReply, JobStore, Outcome } from '../job-store.ts';
import { type JobMessage, parseMessage } from '../message.ts';
import { leaseMs, watchAt } from '../watch.ts';
import { type AttemptDeps, type Claimed, runAttempt } from './attempt.ts';
import { decideBackoffMs } from './backoff.ts';
import { decideOutcome } from './decide-outcome.ts';
import { createSettle, type Naming, type Received, type Settle, type Verdict } from './settle.ts';

export interface HandleDeps extends AttemptDeps {
  readonly store: JobStore;
  readonly queue: JobQueue;
  readonly random: () => number;
  readonly createId: () => string;
  readonly catalogue: Catalogue;
  readonly sleep: (ms: number) => Promise<unknown>;
}

export interface Delivered {
  readonly address: QueueAddress;
  readonly message: Received;
  readonly stopAt: number;
}

/** For a message whose row cannot be read just now. */
const UNREADABLE = { baseMs: 1_000, capMs: 60_000 } as const;
const END_AGAIN_AFTER_MS = [200, 1_000, 3_000] as const;

export function createHandle(deps: HandleDeps) {
  const { store, clock, random, createId, catalogue } = deps;

  async function take(
    { job: id, death }: JobMessage,
    settle: Settle,
    { message, stopAt }: Delivered,
  ): Promise<Verdict> {
    const naming: Naming = { ...message, id };
    const spec = catalogue[parseJobId(id) as JobType];
    const [now, holder] = [clock(), createId()];
    const watchedAt = watchAt.claimed(now, spec);
    const terms = { now, holder, leaseMs: leaseMs(spec), attempts: spec.attempts, perTenant: spec.perTenant };
    const claim = await store
      .claim(id, { ...terms, watchAt: watchedAt, ...(death !== undefined && { death }) })
      .catch(() => undefined);
    if (!claim) return settle.hide(message, 1_000 + decideBackoffMs(UNREADABLE, message.receives, random));
    if (claim.kind !== 'claimed') return settle.unclaimed(naming, claim, watchedAt);
    return work({ job: claim.job, payload: claim.payload, holder, spec, stopAt }, settle, naming);
  }

  async function work(claimed: Claimed, settle: Settle, message: Naming): Promise<Verdict> {
    const { job, holder, spec } = claimed;
    const { ran, stopped } = await runAttempt(claimed, deps);
    const now = clock();
    const outcome = decideOutcome(ran, { stopped, attempt: job.attempts, spec, now, random });
    // Somebody else's by now: their delivery says what becomes of it.
    if (!outcome) return 'again';
    const watchedAt = watchAtOf(outcome, now, spec);
    const reply = await endPatiently(deps, job.id, { holder, now, outcome, watchAt: watchedAt });
    if (!reply) return settle.hide(message, job.leaseUntil - clock());
    return conclude(reply, outcome, { settle, message, tenant: job.tenant, watchedAt, now });
  }

  return async (delivered: Delivered): Promise<Verdict> => {
    const { address, message, stopAt } = delivered;
    const settle = createSettle(address, deps);
    const parsed = parseMessage(message.body);
    if (!parsed) return settle.discard(message, 'It is no message of a job.');
    if (clock() >= stopAt) return settle.hide(message, 0);
    return take(parsed, settle, delivered);
  };
}

function watchAtOf(outcome: Outcome, now: number, spec: Claimed['spec']): number {
  if (outcome.kind === 'failed') return watchAt.failed(now, outcome.nextAttemptAt, spec);
  if (outcome.kind === 'postponed') return watchAt.failed(now, outcome.runAt, spec);
  return outcome.kind === 'dead' ? watchAt.unburied(now) : watchAt.sent(now);
}

/** Asked again, a store that did it the first time refuses: then the message comes back, and its row tells what holds. */
async function endPatiently(
  { store, sleep }: Pick<HandleDeps, 'store' | 'sleep'>,
  ...[id, ending]: Parameters<JobStore['end']>
): Promise<EndReply | undefined> {
  for (const waitMs of [...END_AGAIN_AFTER_MS, 0]) {
    const reply = await store.end(id, ending).catch(() => undefined);
    if (reply) return reply;
    if (waitMs > 0) await sleep(waitMs);
  }
  return undefined;
}

interface Conclusion {
  readonly settle: Settle;
  readonly message: Naming;
  readonly tenant: string;
  readonly watchedAt: number;
  readonly now: number;
}

async function conclude(
  reply: EndReply,
  outcome: Outcome,
  { settle, message, tenant, watchedAt, now }: Conclusion,
): Promise<Verdict> {
  if (reply.kind === 'refused') return 'again';
  switch (reply.state) {
    case 'failed':
      return settle.hide(message, outcome.kind === 'failed' ? outcome.nextAttemptAt - now : 0);
    case 'queued':
      return settle.hide(message, 0);
    case 'scheduled':
      return settle.postpone(message, tenant, outcome.kind === 'postponed' ? outcome.runAt - now : 0);
    case 'dead':
      return settle.bury({ id: message.id, tenant, death: reply.deaths, watchedAt });
    default:
      return 'done';
  }
}
