/**
 * What becomes of a job after an attempt.
 *
 * Shape   how the task ended, why it was stopped, which attempt it was -> outcome | null when it is no longer ours to say
 * Units   instants epoch ms
 * Errors  none (total)
 */

import type { JobSpec } from '../catalogue.ts';
import type { JobError } from '../job.ts';
import type { Outcome } from '../job-store.ts';
import { PermanentError } from '../permanent-error.ts';
import { Postponed } from '../postponed.ts';
import { decideBackoffMs } from './backoff.ts';
import { formatResult } from './result.ts';

export type Ran =
  | { readonly kind: 'returned'; readonly value: unknown }
  | { readonly kind: 'threw'; readonly error: unknown }
  /** It did not heed its signal, and was left behind. */
  | { readonly kind: 'heedless' };

/** Why the signal aborted. `lost`: the row is another's by now. `hand-back`: the function around it has to end. */
export type StopReason = 'cancel' | 'timeout' | 'lost' | 'hand-back';

export interface AttemptFacts {
  readonly stopped: StopReason | undefined;
  readonly attempt: number;
  readonly spec: Pick<JobSpec, 'attempts' | 'backoff' | 'timeoutMs'>;
  readonly now: number;
  readonly random: () => number;
}

export function decideOutcome(ran: Ran, facts: AttemptFacts): Outcome | null {
  if (facts.stopped === 'lost') return null;
  if (ran.kind === 'returned') return formatResult(ran.value);
  if (ran.kind === 'threw' && ran.error instanceof PermanentError)
    return { kind: 'dead', error: errorOf(ran.error), ...resultOf(ran.error) };
  if (facts.stopped === 'cancel') return { kind: 'cancelled' };
  if (ran.kind === 'threw' && ran.error instanceof Postponed)
    return { kind: 'postponed', runAt: facts.now + ran.error.afterMs, ...resultOf(ran.error) };
  if (facts.stopped === 'hand-back') return { kind: 'handed-back' };
  if (facts.stopped === 'timeout' || ran.kind === 'heedless') return failed({ error: timeout(facts) }, facts);
  return failed({ error: errorOf(ran.error), ...resultOf(ran.error) }, facts);
}

function failed(
  told: { readonly error: JobError; readonly result?: string },
  { attempt, spec, now, random }: AttemptFacts,
): Outcome {
  if (attempt >= spec.attempts) return { kind: 'dead', ...told };
  return { kind: 'failed', nextAttemptAt: now + decideBackoffMs(spec.backoff, attempt, random), ...told };
}

/** What had been done by then, where the task tells it with its error. */
function resultOf(error: unknown): { readonly result?: string } {
  const { result } = Object(error) as { result?: unknown };
  if (result === undefined) return {};
  const formatted = formatResult(result);
  return formatted.kind === 'succeeded' && formatted.result !== undefined ? { result: formatted.result } : {};
}

function timeout({ spec }: AttemptFacts): JobError {
  return { code: 'JOB_TIMEOUT', message: `An attempt may take ${spec.timeoutMs} ms.` };
}

const CODE = /^[A-Z][A-Z0-9_]{1,63}$/;
const LONGEST_MESSAGE = 500;

function errorOf(error: unknown): JobError {
  const { code, message } = Object(error) as { code?: unknown; message?: unknown };
  const said = typeof message === 'string' && message !== '' ? message : String(error);
  return {
    code: typeof code === 'string' && CODE.test(code) ? code : 'JOB_FAILED',
    message: said.slice(0, LONGEST_MESSAGE),
  };
}
